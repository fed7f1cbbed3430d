package io.github.costwise.accounting.usage;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.UsageNormalizer;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link UsageNormalizers} and the shapes that need no class of their own. */
@Tag("unit")
class UsageNormalizersTests {

	private final Faults faults = new Faults();

	private final UsageNormalizers normalizers = new UsageNormalizers(List.of(), this.faults);

	@Test
	void theUsersNormaliserComesFirst() {
		NormalizedUsage own = new NormalizedUsage(TokenUsage.of(1, 2), UsageSource.REPORTED);
		UsageNormalizers custom = new UsageNormalizers(List.of(new Custom("mine", own)), this.faults);
		Usage usage = new DefaultUsage(5, 6, 11, Map.of("prompt_tokens", 5, "completion_tokens", 6));
		assertThat(custom.normalize(usage, context("mine"))).isSameAs(own);
		assertThat(custom.normalize(usage, context("openai")).usage()).isEqualTo(TokenUsage.of(5, 6));
	}

	@Test
	void aNormaliserThatThrowsIsReportedAndTheCommonCountsAreUsed() {
		UsageNormalizers custom = new UsageNormalizers(List.of(new Custom("mine", null)), this.faults);
		NormalizedUsage normalized = custom.normalize(new DefaultUsage(5, 6), context("mine"));
		assertThat(normalized.usage()).isEqualTo(TokenUsage.of(5, 6));
		assertThat(this.faults.count(Faults.Kind.USAGE)).isOne();
	}

	@Test
	void aUsageWithoutNativeBodySaysWhatWasAssumed() {
		NormalizedUsage plain = this.normalizers.normalize(new DefaultUsage(5, 6), context("custom"));
		assertThat(plain.source()).isEqualTo(UsageSource.REPORTED);
		assertThat(plain.reasons()).containsExactly(PriceReason.DETAILS_DROPPED);
		assertThat(this.normalizers.normalize(new DefaultUsage(5, 6), context("ollama")).reasons()).isEmpty();
	}

	@Test
	void commonCacheCountsFollowTheProvider() {
		Usage usage = new DefaultUsage(100, 6, 106, null, 30L, 20L);
		assertThat(this.normalizers.normalize(usage, context("anthropic")).usage())
			.hasToString("{INPUT=100, CACHE_READ=30, CACHE_WRITE_5M=20, OUTPUT=6}");
		assertThat(this.normalizers.normalize(usage, context("openai")).usage())
			.hasToString("{INPUT=50, CACHE_READ=30, CACHE_WRITE_5M=20, OUTPUT=6}");
		assertThat(this.normalizers.normalize(usage, context("openai")).source())
			.isEqualTo(UsageSource.PARTLY_ESTIMATED);
	}

	@Test
	void readsOllamaAndCohere() {
		assertThat(normalize(Map.of("prompt_eval_count", 26, "eval_count", 290, "eval_duration", 4709213000L)))
			.isEqualTo(TokenUsage.of(26, 290));
		assertThat(normalize(Map.of("billed_units", Map.of("input_tokens", 17, "output_tokens", 12), "tokens",
				Map.of("input_tokens", 215, "output_tokens", 12))))
			.isEqualTo(TokenUsage.of(17, 12));
	}

	@Test
	void aNativeUsageOfUnknownFormFallsBackToTheCommonCounts() {
		assertThat(this.normalizers.normalize(new DefaultUsage(5, 6, 11, "text"), context("custom")).usage())
			.isEqualTo(TokenUsage.of(5, 6));
		assertThat(this.normalizers.normalize(new DefaultUsage(5, 6, 11, Map.of("a", 1)), context("custom")).usage())
			.isEqualTo(TokenUsage.of(5, 6));
		assertThat(this.normalizers.normalize(new DefaultUsage(5, 6, 11, new Hidden()), context("custom")).usage())
			.isEqualTo(TokenUsage.of(5, 6));
	}

	@Test
	void anAccessorThatThrowsCountsAsAbsentAndTheClientsCountIsTaken() {
		assertThat(this.normalizers.normalize(new DefaultUsage(5, 6, 11, new Throwing()), context("custom")).usage())
			.isEqualTo(TokenUsage.of(5, 6));
	}

	private TokenUsage normalize(Map<String, Object> body) {
		return this.normalizers.normalize(new DefaultUsage(0, 0, 0, body), context("any")).usage();
	}

	private static UsageContext context(String provider) {
		return new UsageContext(provider, "model", false, false);
	}

	private static final class Hidden {

		int promptTokens() {
			return 99;
		}

	}

	/** An odd class of a client. */
	public static final class Throwing {

		/**
		 * Fails.
		 * @return never
		 */
		public int promptTokens() {
			throw new IllegalStateException("broken");
		}

		/**
		 * Returns a count.
		 * @return tokens
		 */
		public int getCompletionTokens() {
			return 6;
		}

	}

	private record Custom(String provider, @Nullable NormalizedUsage result) implements UsageNormalizer {

		@Override
		public boolean supports(Usage usage, UsageContext context) {
			return context.provider().equals(this.provider);
		}

		@Override
		public NormalizedUsage normalize(Usage usage, UsageContext context) {
			if (this.result == null) {
				throw new IllegalStateException("broken");
			}
			return this.result;
		}

	}

}
