package io.github.costwise.accounting.usage;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnthropicNormalizer} on Bedrock's Converse API, without its client.
 */
@Tag("unit")
class BedrockNormalizerTests extends UsageNormalizerContract {

	@Override
	protected Map<String, Object> body(Random random) {
		int write = random.nextInt(2_000);
		return Map.of("inputTokens", random.nextInt(5_000), "outputTokens", random.nextInt(2_000),
				"cacheReadInputTokens", random.nextInt(50_000), "cacheWriteInputTokens", write, "cacheDetails",
				List.of(Map.of("ttl", "1h", "inputTokens", write / 3),
						Map.of("ttl", "5m", "inputTokens", write - write / 3)));
	}

	@Override
	protected long[] billed(Map<String, Object> body) {
		return new long[] { number(body, "inputTokens") + number(body, "cacheReadInputTokens")
				+ number(body, "cacheWriteInputTokens"), number(body, "outputTokens") };
	}

	@Override
	protected String provider() {
		return "bedrock";
	}

	@Override
	@SuppressWarnings("unchecked")
	protected Object typed(Map<String, Object> body) {
		List<Detail> details = ((List<Map<String, Object>>) body.get("cacheDetails")).stream()
			.map((detail) -> new Detail(detail.get("ttl").toString(), (int) number(detail, "inputTokens")))
			.toList();
		return new Converse((int) number(body, "inputTokens"), (int) number(body, "outputTokens"),
				(int) number(body, "cacheReadInputTokens"), (int) number(body, "cacheWriteInputTokens"), details);
	}

	@Test
	void readsTheAccessorsOfAClientThatIsNotKnown() {
		NormalizedUsage normalized = normalize(
				new Converse(10, 20, 300, 40, List.of(new Detail("5m", 15), new Detail("1h", 25))));
		assertThat(normalized.usage())
			.hasToString("{INPUT=10, CACHE_READ=300, CACHE_WRITE_5M=15, CACHE_WRITE_1H=25, OUTPUT=20}");
		assertThat(normalized.source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void writesWithoutLifetimeAreMarked() {
		NormalizedUsage normalized = normalize(new Converse(10, 20, 0, 40, List.of()));
		assertThat(normalized.usage()).hasToString("{INPUT=10, CACHE_WRITE_5M=40, OUTPUT=20}");
		assertThat(normalized.source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
	}

	/** Has the accessors of the client's class. */
	public record Converse(Integer inputTokens, Integer outputTokens, Integer cacheReadInputTokens,
			Integer cacheWriteInputTokens, List<Detail> cacheDetails) {
	}

	/** Has the accessors of the client's class. */
	public record Detail(String ttl, Integer inputTokens) {
	}

}
