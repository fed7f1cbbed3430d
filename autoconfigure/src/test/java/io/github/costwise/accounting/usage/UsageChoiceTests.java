package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.accounting.wire.WireReading;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.spi.UsageNormalizer;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link UsageChoice} and how what was chosen is read. */
@Tag("unit")
class UsageChoiceTests {

	private static final UsageContext CONTEXT = new UsageContext("unknown", "claude-sonnet-5", true, false);

	private static final WireReading WIRE = wire(Map.of("input_tokens", 10, "output_tokens", 5), true, true);

	@Test
	void theBodyIsTheProvidersOwnWord() {
		assertThat(UsageChoice.of(new DefaultUsage(10, 5), WIRE)).isSameAs(WIRE);
		assertThat(UsageChoice.of(new EmptyUsage(), WIRE)).isSameAs(WIRE);
		assertThat(UsageChoice.of(null, WIRE)).isSameAs(WIRE);
	}

	@Test
	void theClientCountsWhereTheBodyWasNotReadToItsEnd() {
		Usage client = new DefaultUsage(10, 6);
		assertThat(UsageChoice.of(client, null)).isSameAs(client);
		assertThat(UsageChoice.of(client, WIRE)).isSameAs(client);
		assertThat(UsageChoice.of(new DefaultUsage(1, 0), wire(WIRE.body(), true, false)))
			.isEqualTo(new DefaultUsage(1, 0));
		assertThat(UsageChoice.of(null, wire(WIRE.body(), true, false))).isNotNull();
		assertThat(UsageChoice.of(null, null)).isNull();
	}

	@Test
	void aNormaliserOfTheApplicationGetsWhatItKnows() {
		UsageNormalizer custom = new UsageNormalizer() {
			@Override
			public boolean supports(Usage usage, UsageContext context) {
				return usage instanceof DefaultUsage;
			}

			@Override
			public NormalizedUsage normalize(Usage usage, UsageContext context) {
				return Buckets.ABSENT;
			}
		};
		Usage client = new DefaultUsage(10, 5);
		UsageNormalizers normalizers = new UsageNormalizers(List.of(custom), new Faults());
		assertThat(normalizers.better(client, WIRE, CONTEXT)).isSameAs(client);
		assertThat(normalizers.better(new EmptyUsage(), WIRE, CONTEXT)).isSameAs(WIRE);
	}

	@Test
	void aDocumentOfAnthropicIsReadAsSuchAtAnyHost() {
		Map<String, Object> body = Map.of("input_tokens", 10, "output_tokens", 5, "output_tokens_details",
				Map.of("thinking_tokens", 3));
		UsageNormalizers normalizers = new UsageNormalizers(List.of(), new Faults());
		assertThat(normalizers.normalize(wire(body, true, true), CONTEXT).usage())
			.hasToString("{INPUT=10, OUTPUT=2, OUTPUT_REASONING=3}");
	}

	@Test
	void countsBeyondAllBoundsDoNotWrap() {
		UsageNormalizers normalizers = new UsageNormalizers(List.of(), new Faults());
		for (Number large : List.of(BigInteger.TWO.pow(64).add(BigInteger.TEN), new BigDecimal("1e70"),
				new BigDecimal("1e999999999"), new BigDecimal("18446744073709551626"))) {
			NormalizedUsage normalized = normalizers.normalize(
					wire(Map.of("prompt_tokens", large, "completion_tokens", new BigDecimal("5.0")), false, true),
					CONTEXT);
			assertThat(normalized.usage().promptTokens()).isEqualTo(1_000_000_000_000L);
			assertThat(normalized.usage().outputTokens()).isEqualTo(5);
			assertThat(normalized.source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
		}
	}

	private static WireReading wire(Map<String, Object> body, boolean anthropic, boolean readable) {
		return new WireReading(body, null, null, anthropic, true, readable);
	}

}
