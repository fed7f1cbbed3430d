package io.github.costwise.answer;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.document.Document;

import io.github.costwise.testsupport.HidingClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ForeignForms}.
 */
@Tag("unit")
class ForeignFormsTests {

	static Stream<List<String>> packagesNotThere() {
		String jackson = "com.fasterxml.jackson.";
		String anthropic = "com.anthropic.";
		String client = "org.springframework.ai.anthropic.";
		String openAi = "com.openai.";
		String google = "com.google.genai.";
		return Stream.of(List.of(openAi), List.of(anthropic, client), List.of(google), List.of(jackson),
				List.of(jackson, anthropic, client, openAi, google));
	}

	@ParameterizedTest
	@MethodSource("packagesNotThere")
	void documentIsWrittenWithoutTheLibrariesOfProviders(List<String> hidden) throws Exception {
		Class<?> forms = Class.forName(ForeignForms.class.getName(), true, new HidingClassLoader(hidden));
		Object text = forms.getMethod("write", Object.class).invoke(null, new Document("1", "Paris", Map.of()));
		assertThat(text).asString().contains("Paris");
	}

}
