package io.github.costwise.benchmarks.eval;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.costwise.benchmarks.eval.text.EntryFunctions;
import io.github.costwise.benchmarks.eval.text.HostileInputs;
import io.github.costwise.benchmarks.eval.text.PatternFunctions;
import io.github.costwise.benchmarks.eval.text.TextFunction;
import io.github.costwise.text.ComposedText;
import io.github.costwise.text.Excerpt;
import io.github.costwise.text.Parts;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("thorough")
class TextFunctionsTests {

	static Stream<TextFunction> functions() {
		List<TextFunction> functions = new ArrayList<>(PatternFunctions.all());
		functions.addAll(new EntryFunctions(new WordsEncoder()).all());
		return functions.stream();
	}

	@ParameterizedTest
	@MethodSource("functions")
	void everyFunctionTakesEveryText(TextFunction function) {
		assertThat(HostileInputs.of(200)).allSatisfy((name, text) -> {
			assertThat(text).hasSizeBetween(199, 201);
			function.use().apply(text);
		});
	}

	@Test
	void functionsOfTheTextPackageAreFound() {
		List<String> names = PatternFunctions.all().stream().map(TextFunction::name).toList();
		for (Class<?> type : List.of(ComposedText.class, Excerpt.class, Parts.class)) {
			long functions = Arrays.stream(type.getDeclaredMethods())
				.filter((method) -> Modifier.isPublic(method.getModifiers()))
				.count();
			assertThat(names.stream().filter((name) -> name.startsWith(type.getSimpleName() + ".")))
				.hasSize((int) functions);
		}
	}

	@Test
	void patternsOfAllPartsAreFound() {
		assertThat(PatternFunctions.all().stream().map(TextFunction::name))
			.contains("AnswerForm.field all", "AnswerText.LIST_MARK replaceAll", "ModelNames.REVISION whole",
					"ErrorCodes.FIELD all")
			.doesNotContain("ModelNames.REVISION all");
	}

}
