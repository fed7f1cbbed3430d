package io.github.costwise.accounting.usage;

import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.accounting.CallRecord.UsageSource;
import io.github.costwise.accounting.UsageNormalizer.NormalizedUsage;
import io.github.costwise.pricing.TokenUsage;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link UsageEstimator} and {@link Calibration}. */
class UsageEstimatorTests {

	private final UsageEstimator estimator = new UsageEstimator((text, model) -> text.length());

	private final Prompt prompt = new Prompt("x".repeat(94));

	@Test
	void countsWhatWasSentAndReceived() {
		NormalizedUsage usage = this.estimator.estimate(this.prompt, new StringBuilder("abcde"), "openai", "m");
		assertThat(usage.usage()).isEqualTo(TokenUsage.of(100, 5));
		assertThat(usage.source()).isEqualTo(UsageSource.ESTIMATED);
		assertThat(usage.assumption()).isNotBlank();
	}

	@Test
	void nothingReceivedIsNoOutput() {
		assertThat(this.estimator.estimate(this.prompt, "", "openai", "m").usage()).isEqualTo(TokenUsage.of(100, 0));
	}

	@Test
	void learnsHowAModelCounts() {
		this.estimator.observe("openai", "m", 100, 150);
		assertThat(this.estimator.estimateInput(this.prompt, "openai", "m")).isEqualTo(150);
		assertThat(this.estimator.estimateInput(this.prompt, "openai", "other")).isEqualTo(100);
		this.estimator.observe("openai", "m", 100, 70);
		assertThat(this.estimator.estimateInput(this.prompt, "openai", "m")).isEqualTo(140);
	}

	@Test
	void oddObservationsTeachLittle() {
		this.estimator.observe("openai", "m", 3, 500);
		this.estimator.observe("openai", "m", 100, 0);
		assertThat(this.estimator.estimateInput(this.prompt, "openai", "m")).isEqualTo(100);
		this.estimator.observe("openai", "m", 100, 1_000_000);
		assertThat(this.estimator.estimateInput(this.prompt, "openai", "m")).isEqualTo(300);
	}

	@Test
	void keepsABoundedNumberOfModels() {
		for (int i = 0; i < 300; i++) {
			this.estimator.observe("openai", "m" + i, 100, 200);
		}
		assertThat(this.estimator.estimateInput(this.prompt, "openai", "m255")).isEqualTo(200);
		assertThat(this.estimator.estimateInput(this.prompt, "openai", "m256")).isEqualTo(100);
	}

}
