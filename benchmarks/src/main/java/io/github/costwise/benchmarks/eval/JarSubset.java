package io.github.costwise.benchmarks.eval;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a jar with a part of the classes of a class path. Lists of classes, by which
 * Spring Boot and the JDK find what to load, keep just those that are in the jar.
 */
final class JarSubset {

	private static final String FACTORIES = "META-INF/spring.factories";

	private final List<String> prefixes;

	private final Map<String, byte[]> entries = new LinkedHashMap<>();

	private final Map<String, Set<String>> lists = new LinkedHashMap<>();

	private final Map<String, Set<String>> factories = new LinkedHashMap<>();

	private final List<String> exceptions;

	private JarSubset(List<String> prefixes, List<String> exceptions) {
		this.prefixes = prefixes;
		this.exceptions = exceptions;
	}

	/**
	 * Writes a jar.
	 * @param classPath the class path to take from
	 * @param prefixes what the paths of the classes begin with
	 * @param exceptions what is left out all the same, unless a longer prefix takes it
	 * @param jar where to write
	 * @throws IOException if that cannot be done
	 */
	static void write(String classPath, List<String> prefixes, List<String> exceptions, Path jar) throws IOException {
		JarSubset subset = new JarSubset(prefixes, exceptions);
		for (String element : classPath.split(java.io.File.pathSeparator)) {
			subset.add(Path.of(element));
		}
		try (OutputStream out = Files.newOutputStream(jar)) {
			subset.write(out);
		}
	}

	private void add(Path element) throws IOException {
		if (Files.isDirectory(element)) {
			try (Stream<Path> files = Files.walk(element)) {
				for (Path file : files.filter(Files::isRegularFile).toList()) {
					add(element.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
				}
			}
		}
		else if (Files.isRegularFile(element)) {
			try (JarFile jar = new JarFile(element.toFile())) {
				for (JarEntry entry : jar.stream().filter((entry) -> !entry.isDirectory()).toList()) {
					try (InputStream in = jar.getInputStream(entry)) {
						add(entry.getName(), in.readAllBytes());
					}
				}
			}
		}
	}

	private void add(String name, byte[] content) throws IOException {
		if (name.equals(FACTORIES)) {
			addFactories(content);
		}
		else if (name.startsWith("META-INF/services/") || name.endsWith(".imports")) {
			Set<String> lines = this.lists.computeIfAbsent(name, (absent) -> new LinkedHashSet<>());
			new String(content, StandardCharsets.UTF_8).lines().map(JarSubset::withoutComment).forEach(lines::add);
		}
		else if (isKept(name)) {
			this.entries.putIfAbsent(name, content);
		}
	}

	private boolean isKept(String name) {
		if (name.startsWith("META-INF/")) {
			return name.startsWith("META-INF/spring") && !name.endsWith(".class");
		}
		return longest(this.prefixes, name) > longest(this.exceptions, name);
	}

	private static int longest(List<String> prefixes, String name) {
		return prefixes.stream().filter(name::startsWith).mapToInt(String::length).max().orElse(0);
	}

	private void addFactories(byte[] content) throws IOException {
		Properties properties = new Properties();
		properties.load(new ByteArrayInputStream(content));
		properties
			.forEach((key, value) -> this.factories.computeIfAbsent(key.toString(), (absent) -> new LinkedHashSet<>())
				.addAll(List.of(value.toString().trim().split("\\s*,\\s*"))));
	}

	private void write(OutputStream out) throws IOException {
		this.lists.forEach((name, lines) -> this.entries.put(name, text(lines.stream())));
		this.entries.put(FACTORIES,
				text(this.factories.entrySet()
					.stream()
					.map((entry) -> entry.getKey() + "="
							+ entry.getValue().stream().filter(this::isPresent).collect(Collectors.joining(",")))));
		try (JarOutputStream jar = new JarOutputStream(out)) {
			for (Map.Entry<String, byte[]> entry : this.entries.entrySet()) {
				jar.putNextEntry(new JarEntry(entry.getKey()));
				jar.write(entry.getValue());
				jar.closeEntry();
			}
		}
	}

	private byte[] text(Stream<String> lines) {
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		lines.filter((line) -> line.contains("=") || isPresent(line))
			.forEach((line) -> text.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
		return text.toByteArray();
	}

	private boolean isPresent(String className) {
		return this.entries.containsKey(className.replace('.', '/') + ".class");
	}

	private static String withoutComment(String line) {
		int comment = line.indexOf('#');
		return ((comment < 0) ? line : line.substring(0, comment)).trim();
	}

}
