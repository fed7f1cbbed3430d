package io.github.costwise.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Compares what happens in each chain test with what happened in it before, which stands
 * in a file for each class, where {@code -Dtraces=compare} asks for it: a change of the
 * structure of Costwise must not change it. A change on purpose is recorded by
 * {@code -Dtraces=write}; tests whose requests race, so that what happens differs from
 * run to run, are named in {@code traces/unsteady.txt} and not compared.
 */
public final class TraceExtension implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {

	private static final String FOLDER = "traces/";

	private static final boolean WRITE = Trace.isWritten();

	private static final Map<String, Integer> runs = new TreeMap<>();

	private static final Map<String, List<String>> seen = new LinkedHashMap<>();

	@Override
	public void beforeEach(ExtensionContext context) {
		Trace.current().begin();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (!isTraced(context) || context.getExecutionException().isPresent()) {
			return;
		}
		String type = context.getRequiredTestClass().getSimpleName();
		String method = context.getRequiredTestMethod().getName();
		int run = runs.merge(type + "." + method, 1, Integer::sum);
		String name = method + " " + run;
		List<String> lines = Trace.current().lines();
		if (WRITE) {
			seen.put(name, lines);
			return;
		}
		if (lines("traces/unsteady.txt").contains(type + "." + method)) {
			return;
		}
		List<String> before = sections(FOLDER + type + ".txt").get(name);
		if (before != null && !before.equals(lines)) {
			throw new AssertionError(
					"Something else happened than before:\n" + String.join("\n", lines) + "\ninstead of\n"
							+ String.join("\n", before) + "\nA change on purpose is recorded by -Dtraces=write");
		}
		if (before == null && !lines.isEmpty()) {
			throw new AssertionError("Nothing is recorded of " + type + "." + name
					+ " yet: record it by -Dtraces=write, or name it in traces/unsteady.txt");
		}
	}

	@Override
	public void afterAll(ExtensionContext context) throws IOException {
		if (WRITE && isTraced(context) && !seen.isEmpty()) {
			String type = context.getRequiredTestClass().getSimpleName();
			List<String> text = new ArrayList<>();
			List<String> unsteady = lines("traces/unsteady.txt");
			new TreeMap<>(seen).forEach((name, lines) -> {
				if (!lines.isEmpty() && !unsteady.contains(type + "." + name.substring(0, name.indexOf(' ')))) {
					text.add("## " + name);
					text.addAll(lines);
				}
			});
			Files.write(Path.of("src/test/resources", FOLDER, type + ".txt"), text);
			seen.clear();
		}
	}

	/**
	 * The traces are those of one version of Spring AI, whose clients differ in details,
	 * and of the modules that keep any.
	 */
	private static boolean isTraced(ExtensionContext context) {
		Class<?> type = context.getRequiredTestClass();
		return Trace.isOn() && type.getSimpleName().endsWith("ChainTests") && type.getEnclosingClass() == null
				&& SpringAi.isCurrent() && Files.isDirectory(Path.of("src/test/resources", FOLDER));
	}

	private static Map<String, List<String>> sections(String file) {
		Map<String, List<String>> sections = new LinkedHashMap<>();
		List<String> section = new ArrayList<>();
		for (String line : lines(file)) {
			if (line.startsWith("## ")) {
				section = new ArrayList<>();
				sections.put(line.substring(3), section);
			}
			else {
				section.add(line);
			}
		}
		return sections;
	}

	private static List<String> lines(String file) {
		@Nullable URL resource = TraceExtension.class.getClassLoader().getResource(file);
		if (resource == null) {
			return List.of();
		}
		try (var in = resource.openStream()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
