package io.github.costwise.fallback.classify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.costwise.model.FailureKind;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class ContextOverflowTests {

	private final HttpFailures failures = new HttpFailures(Clock.systemUTC());

	/** Texts of servers, by their names. */
	static Stream<Arguments> of(String file) throws IOException {
		try (InputStream in = ContextOverflowTests.class.getResourceAsStream("/errors/" + file + ".txt")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.map((line) -> line.split(" \\| ", 2))
				.map((parts) -> Arguments.of(parts[0], parts[1]))
				.toList()
				.stream();
		}
	}

	static Stream<Arguments> tooLong() throws IOException {
		return of("context-too-long");
	}

	static Stream<Arguments> others() throws IOException {
		return of("not-context-too-long");
	}

	@ParameterizedTest
	@MethodSource("tooLong")
	void recognisesTheServer(String server, String text) {
		assertThat(ContextOverflow.isIn(text)).isTrue();
		assertThat(ContextOverflow.isIn(asShownByClients(text))).isTrue();
		for (int status : new int[] { 200, 400, 413, 422, 500 }) {
			assertThat(kind(status, text)).isEqualTo(FailureKind.CONTEXT_TOO_LONG);
		}
	}

	@ParameterizedTest
	@MethodSource("others")
	void leavesOtherErrorsAlone(String server, String text) {
		assertThat(ContextOverflow.isIn(text)).isFalse();
		assertThat(ContextOverflow.isIn(asShownByClients(text))).isFalse();
		assertThat(kind(400, text)).isNotEqualTo(FailureKind.CONTEXT_TOO_LONG);
		assertThat(kind(422, text)).isNotEqualTo(FailureKind.CONTEXT_TOO_LONG);
	}

	@Test
	void readsAnyTextInTimeThatGrowsWithIt() {
		Random random = new Random(7);
		String[] words = { "prompt", "max_tokens", "{", "}", "\"", "'", ",", "=", ":", ".", "[0]", "9", "9,9", "://",
				"_", "\u0000", "\ud800", "上", " ", "messages[", "]." };
		for (int i = 0; i < 20_000; i++) {
			StringBuilder text = new StringBuilder();
			random.ints(random.nextInt(12), 0, words.length).forEach((word) -> text.append(words[word]));
			assertThat(ContextOverflow.isIn(text.toString())).isIn(true, false);
		}
	}

	private FailureKind kind(int status, String text) {
		return this.failures.classify(new HttpError(status, text, (name) -> List.of())).kind();
	}

	/** JSON without its quotes, with equals signs, as the SDKs print it. */
	private static String asShownByClients(String json) {
		return json.startsWith("{\"") ? json.replace("\":", "=").replace("\"", "") : json;
	}

}
