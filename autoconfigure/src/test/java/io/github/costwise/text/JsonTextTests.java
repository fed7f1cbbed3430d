package io.github.costwise.text;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("unit")
class JsonTextTests {

	private static final int LONG = 100_000;

	private final JsonMapper lenient = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final JsonMapper strict = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "", "  \n", "null", "true", "-1.5e3", "\"a\\n\\u0041\"", "[]", "{\"a\":[1,{\"b\":null}]}",
			" [1] ", "\"\ud800\"", "\"\u00e9\u4e2d\ud83d\ude00\"" })
	void readsWhatTheMapperReads(String text) {
		assertThat((Object) JsonText.read(this.lenient, text)).isEqualTo(this.lenient.readTree(text));
		assertThat((Object) JsonText.read(this.strict, text)).isEqualTo(this.strict.readTree(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1", "{\"a\"}", "]", "\"a", "'a'", "[1,]", "nul" })
	void refusesWhatTheMapperRefuses(String text) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.lenient.readTree(text));
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> JsonText.read(this.lenient, text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[] 1", "{}{}", "1 x" })
	void whatFollowsIsTheMappersMatter(String text) {
		assertThat((Object) JsonText.read(this.lenient, text)).isEqualTo(this.lenient.readTree(text));
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> JsonText.read(this.strict, text));
	}

	@Test
	void readsLongTexts() {
		for (String part : new String[] { "a", "\\\\", "\\u4e2d", "\u4e2d", "\ud83d\ude00", "\",\"" }) {
			String text = "[\"" + part.repeat(LONG) + "\"]";
			JsonNode read = JsonText.read(this.strict, text);
			assertThat(read.equals(this.strict.readTree(text))).isTrue();
		}
	}

}
