package io.github.costwise.accounting.usage;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link UsageEstimator}. */
@Tag("unit")
class UsageEstimatorTests {

	private final UsageEstimator estimator = new UsageEstimator((text, model) -> text.length(),
			new Background(new Faults()));

	private final PromptSize prompt = new PromptSize(new Prompt("x".repeat(94)));

	@Test
	void countsWhatWasSentAndReceived() {
		NormalizedUsage usage = this.estimator.estimate(this.prompt, "", new StringBuilder("abcde"), "m");
		assertThat(usage.usage()).isEqualTo(TokenUsage.of(100, 5));
		assertThat(usage.source()).isEqualTo(UsageSource.ESTIMATED);
		assertThat(usage.reasons()).containsExactly(PriceReason.USAGE_COUNTED);
	}

	@Test
	void nothingReceivedIsNoOutput() {
		assertThat(this.estimator.estimate(this.prompt, "", "", "m").usage()).isEqualTo(TokenUsage.of(100, 0));
	}

	@Test
	void textThatIsAppendedIsPartOfThePrompt() {
		assertThat(this.estimator.estimate(this.prompt, "schema", "", "m").usage()).isEqualTo(TokenUsage.of(106, 0));
	}

	@Test
	void warmsUpOnceOnAThreadOfItsOwn() throws InterruptedException {
		BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
		UsageEstimator warmed = new UsageEstimator((text, model) -> {
			threads.add(Thread.currentThread());
			return 0;
		}, new Background(new Faults()));
		warmed.warmUp();
		warmed.warmUp();
		assertThat(threads.poll(20, TimeUnit.SECONDS)).isNotNull().isNotSameAs(Thread.currentThread());
		warmed.countOutput("x", "m");
		assertThat(threads).containsExactly(Thread.currentThread());
	}

}
