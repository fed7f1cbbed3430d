package io.github.costwise.accounting.usage;

import java.util.List;
import java.util.Map;
import java.util.Random;

import com.anthropic.core.ObjectMappers;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.google.genai.metadata.GoogleGenAiUsage;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link GoogleNormalizer}. */
@Tag("unit")
class GoogleNormalizerTests extends UsageNormalizerContract {

	@Override
	protected Map<String, Object> body(Random random) {
		int text = random.nextInt(5_000);
		int image = random.nextInt(1_000);
		int audio = random.nextInt(500);
		int tool = random.nextInt(300);
		int cachedText = random.nextInt(text + 1);
		int cachedImage = random.nextInt(image + 1);
		return Map.of("promptTokenCount", text + image + audio, "promptTokensDetails",
				List.of(count("TEXT", text), count("DOCUMENT", image), count("AUDIO", audio)),
				"cachedContentTokenCount", cachedText + cachedImage, "cacheTokensDetails",
				List.of(count("TEXT", cachedText), count("DOCUMENT", cachedImage)), "candidatesTokenCount",
				random.nextInt(2_000), "thoughtsTokenCount", random.nextInt(2_000), "toolUsePromptTokenCount", tool,
				"toolUsePromptTokensDetails", List.of(count("TEXT", tool)), "trafficType", "ON_DEMAND");
	}

	private static Map<String, Object> count(String modality, int tokens) {
		return Map.of("modality", modality, "tokenCount", tokens);
	}

	@Override
	protected long[] billed(Map<String, Object> body) {
		return new long[] { number(body, "promptTokenCount") + number(body, "toolUsePromptTokenCount"),
				number(body, "candidatesTokenCount") + number(body, "thoughtsTokenCount") };
	}

	@Override
	protected String provider() {
		return "google";
	}

	@Override
	protected Object typed(Map<String, Object> body) throws Exception {
		return GenerateContentResponseUsageMetadata.fromJson(ObjectMappers.jsonMapper().writeValueAsString(body));
	}

	@Test
	void sortsModalitiesThoughtsAndToolResults() throws Exception {
		Map<String, Object> body = Map.of("promptTokenCount", 328, "promptTokensDetails",
				List.of(count("TEXT", 70), count("IMAGE", 200), count("VIDEO", 58)), "cachedContentTokenCount", 183,
				"cacheTokensDetails", List.of(count("IMAGE", 144), count("TEXT", 39)), "candidatesTokenCount", 78,
				"candidatesTokensDetails", List.of(count("IMAGE", 60), count("TEXT", 18)), "thoughtsTokenCount", 241,
				"toolUsePromptTokenCount", 9, "totalTokenCount", 656, "trafficType", "ON_DEMAND_FLEX");
		String expected = "{INPUT=40, INPUT_IMAGE=56, INPUT_VIDEO=58, CACHE_READ=39, CACHE_READ_IMAGE=144, "
				+ "OUTPUT=18, OUTPUT_REASONING=241, OUTPUT_IMAGE=60}";
		NormalizedUsage normalized = normalize(typed(body));
		assertThat(normalized.usage()).hasToString(expected);
		assertThat(normalized.serviceTier()).isEqualTo(ServiceTier.FLEX);
		assertThat(normalized.source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void theClientsUsageWithoutBodyIsNotReported() {
		assertThat(this.normalizers.normalize(GoogleGenAiUsage.from(null), context()).source())
			.isEqualTo(UsageSource.NONE);
	}

	@Test
	void thoughtsAreFoundInTheTotalWhenTheClientHidesTheDetails() {
		NormalizedUsage normalized = this.normalizers.normalize(new DefaultUsage(10, 20, 130), context());
		assertThat(normalized.usage().get(BilledUnit.OUTPUT_REASONING)).isEqualTo(100);
		assertThat(normalized.source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
	}

	@Test
	void cachedTokensWithoutDetailsAreTextFirst() {
		NormalizedUsage normalized = normalize(
				Map.of("promptTokenCount", 100, "promptTokensDetails", List.of(count("TEXT", 20), count("AUDIO", 80)),
						"cachedContentTokenCount", 50, "candidatesTokenCount", 1));
		assertThat(normalized.usage()).hasToString("{INPUT_AUDIO=50, CACHE_READ=20, CACHE_READ_AUDIO=30, OUTPUT=1}");
		assertThat(normalized.source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
	}

	@Test
	void tokensThatOnlyTheTotalHasAreThoughts() {
		NormalizedUsage normalized = normalize(
				Map.of("promptTokenCount", 100, "candidatesTokenCount", 7, "totalTokenCount", 5000));
		assertThat(normalized.usage()).hasToString("{INPUT=100, OUTPUT=7, OUTPUT_REASONING=4893}");
		assertThat(normalized.reasons()).containsExactly(PriceReason.REASONING_UNTOLD);
	}

	@Test
	void tokensPaidInAdvanceAreMarked() {
		assertThat(normalize(
				Map.of("promptTokenCount", 1, "candidatesTokenCount", 1, "trafficType", "PROVISIONED_THROUGHPUT"))
			.reasons()).containsExactly(PriceReason.SURCHARGE_UNPRICED);
	}

}
