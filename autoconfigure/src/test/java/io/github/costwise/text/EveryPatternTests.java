package io.github.costwise.text;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.costwise.text.CountedText.TooManyLooksException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every pattern of the shipped classes looks at a text a number of times that grows no
 * faster than the text.
 */
@Tag("thorough")
class EveryPatternTests {

	private static final int SHORT = 120;

	/** Expressions that repeat up to a bound may need as long a text to show it. */
	private static final int LONG = 2000;

	private static final int TIMES = 4;

	private static final int SLACK = 6;

	/** Fewer looks at a character tell nothing of how they grow. */
	private static final int FEW = 20;

	static List<TextPattern> patterns() {
		return List.copyOf(found().values());
	}

	/** The patterns by their class and field. */
	private static Map<String, TextPattern> found() {
		Map<String, TextPattern> patterns = new TreeMap<>();
		Path root = Path
			.of(URI.create(TextPattern.class.getProtectionDomain().getCodeSource().getLocation().toString()));
		try (Stream<Path> files = Files.walk(root)) {
			files.filter((file) -> file.toString().endsWith(".class") && mentionsPatterns(file))
				.map((file) -> root.relativize(file).toString().replace(".class", "").replace(File.separatorChar, '.'))
				.forEach((type) -> addTo(patterns, type));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return patterns;
	}

	private static boolean mentionsPatterns(Path file) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1).contains("io/github/costwise/text/TextPattern");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void addTo(Map<String, TextPattern> patterns, String type) {
		try {
			for (Field field : Class.forName(type).getDeclaredFields()) {
				if (field.getType() == TextPattern.class && Modifier.isStatic(field.getModifiers())) {
					field.setAccessible(true);
					patterns.put(type + "." + field.getName(), (TextPattern) field.get(null));
				}
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void patternsAreFoundInClassesOfAllParts() {
		assertThat(found().keySet()).anyMatch((name) -> name.contains(".quality."))
			.anyMatch((name) -> name.contains(".cache.learning."))
			.anyMatch((name) -> name.contains(".fallback.classify."));
	}

	@ParameterizedTest
	@MethodSource("patterns")
	void growsNoFasterThanTheText(TextPattern pattern) {
		for (List<String> parts : HostileTexts.all()) {
			for (int order = 0; order < 2; order++) {
				boolean linear = grows(pattern, parts, order, SHORT) <= SLACK
						|| grows(pattern, parts, order, LONG) <= SLACK;
				assertThat(linear).as("%s on %s", pattern, parts).isTrue();
			}
		}
	}

	private static double grows(TextPattern pattern, List<String> parts, int order, int length) {
		long few = looks(pattern, HostileTexts.of(parts, length).get(order));
		long many = looks(pattern, HostileTexts.of(parts, TIMES * length).get(order));
		return many / (double) Math.max(few, FEW * length);
	}

	private static long looks(TextPattern pattern, String text) {
		CountedText counted = new CountedText(text, 2000L * text.length());
		try {
			pattern.matches(counted);
			pattern.isAt(counted, 0);
			if (pattern.isSearchable()) {
				pattern.all(counted);
			}
		}
		catch (TooManyLooksException ex) {
			return Long.MAX_VALUE;
		}
		return counted.looks();
	}

}
