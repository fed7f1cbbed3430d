package io.github.costwise.pipeline;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the page about the architecture with the order of the flows.
 */
@Tag("unit")
class ArchitecturePageTests {

	private static final Pattern STEP = Pattern.compile("(?m)^\\d\\. \\*\\*([A-Z]+)\\*\\*");

	private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+[a-z][A-Za-z]*)`");

	private static String page() throws IOException {
		return Files.readString(Path.of("../docs/architecture.md"));
	}

	private static List<String> steps(String chapter) throws IOException {
		String text = page();
		int from = text.indexOf("\n## " + chapter);
		int to = text.indexOf("\n## ", from + 1);
		return STEP.matcher(text.substring(from, to)).results().map((found) -> found.group(1)).toList();
	}

	@Test
	void pillarsStandInTheOrderOfTheirSteps() throws IOException {
		List<String> orders = Arrays.stream(TurnPillar.class.getDeclaredFields())
			.filter((field) -> field.getType() == int.class)
			.sorted(Comparator.comparing(ArchitecturePageTests::value))
			.map(Field::getName)
			.toList();
		assertThat(steps("A turn")).isNotEmpty().isEqualTo(orders);
	}

	private static int value(Field order) {
		try {
			return order.getInt(null);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void stagesOfACallStandInTheirOrder() throws IOException {
		List<String> between = List.of("WAIT", "SENT", "FAIL");
		List<String> stages = Stream.of(CallFlow.Stage.values())
			.map(Enum::name)
			.filter((stage) -> !between.contains(stage))
			.toList();
		assertThat(steps("A call")).isNotEmpty().isEqualTo(stages);
	}

	@Test
	void classesThatAreNamedExist() throws IOException {
		List<String> named = CLASS.matcher(page()).results().map((found) -> found.group(1)).distinct().toList();
		assertThat(named).contains("CallFlow", "TurnFlow").allSatisfy((name) -> assertThat(exists(name)).isTrue());
	}

	private static boolean exists(String name) throws IOException {
		try (Stream<Path> sources = Files.walk(Path.of("src"))) {
			return sources.anyMatch((source) -> source.endsWith(name + ".java")) || isStep(name);
		}
	}

	private static boolean isStep(String name) {
		return Stream.of(TurnStep.class.getPermittedSubclasses(), CallStep.class.getPermittedSubclasses())
			.flatMap(Arrays::stream)
			.anyMatch((step) -> step.getSimpleName().equals(name));
	}

}
