package io.github.costwise.spi;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link TokenCounter} must hold.
 */
public abstract class TokenCounterContract {

	private static final List<String> MODELS = List.of("gpt-5", "claude-opus-4-5", "gemini-2.5-pro", "qwen3:8b",
			"of-nobody", "");

	private TokenCounter counter;

	/** Returns the counter, which need not be a new one. */
	protected abstract TokenCounter create() throws Exception;

	@BeforeEach
	void createCounter() throws Exception {
		this.counter = create();
	}

	@Test
	void nothingHasNoTokens() {
		for (String model : MODELS) {
			assertThat(this.counter.count("", model)).as(model).isZero();
		}
	}

	@Test
	void everyTextHasACountForEveryModel() {
		for (String model : MODELS) {
			for (String text : List.of("word", "<|endoftext|>", "a\uD83D", "\uD83D\uDE00", "\0\n", "\u4f60\u597d")) {
				assertThat(this.counter.count(text, model)).as("%s of %s", text, model).isBetween(1L, 30L);
			}
		}
	}

	@Test
	void aTextCountsTheSameEachTime() {
		String text = "Twelve men, 3.5 miles; \u00fcber \"x\".";
		assertThat(this.counter.count(text, "gpt-5")).isEqualTo(this.counter.count(text, "gpt-5"));
	}

	@Test
	void longerTextsHaveMoreTokens() {
		for (String model : MODELS) {
			long one = this.counter.count("How do I pay? ".repeat(10), model);
			assertThat(this.counter.count("How do I pay? ".repeat(1_000), model)).as(model).isGreaterThan(50 * one);
		}
	}

	@Test
	void timeGrowsWithTheTextAndNoFaster() {
		assertThat(this.counter.count("a".repeat(1_000_000), "gpt-5")).isPositive();
		assertThat(this.counter.count(" ".repeat(1_000_000), "gpt-5")).isPositive();
	}

}
