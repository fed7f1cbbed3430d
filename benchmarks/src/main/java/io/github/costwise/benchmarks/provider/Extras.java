package io.github.costwise.benchmarks.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * What a call is billed for besides the tokens of one round at the rates of its model.
 *
 * @param kind what it is
 * @param searches how many searches the provider made
 * @param rates the rates of another processing class or of another model, or {@code null}
 * @param round what a further round used, or {@code null}
 * @param reported the amount that the provider reports, in US dollars, or {@code null}
 * @since 0.1.0
 */
public record Extras(ExtraKind kind, int searches, @Nullable ProviderRates rates, @Nullable BilledTokens round,
		@Nullable BigDecimal reported) {

	/** Nothing. */
	public static final Extras NONE = new Extras(ExtraKind.NONE, 0, null, null, null);

	/** US dollars for a thousand searches, the same for all models. */
	public static final BigDecimal SEARCH_FEE = BigDecimal.TEN;

	private static final BigDecimal REGIONAL = new BigDecimal("1.1");

	private static final int NANOS = 3;

	/**
	 * Draws what an answer of an API shaped like OpenAI's may have.
	 * @param random the source
	 * @param rates the rates of its model
	 * @param used what the answer used
	 * @return the extras
	 */
	public static Extras ofOpenAi(SplittableRandom random, ProviderRates rates, BilledTokens used) {
		return switch (random.nextInt(10)) {
			case 0 -> searches(random);
			case 1 -> ofClass(random);
			case 2 -> reported(random, rates.micros(used));
			default -> NONE;
		};
	}

	/**
	 * Draws what an answer of Anthropic may have.
	 * @param random the source
	 * @return the extras
	 */
	public static Extras ofAnthropic(SplittableRandom random) {
		return switch (random.nextInt(12)) {
			case 0 -> searches(random);
			case 1 -> ofClass(random);
			case 2 -> new Extras(ExtraKind.REGION, 0, null, null, null);
			case 3 -> new Extras(ExtraKind.COMPACTION, 0, null, BilledTokens.draw(random, false), null);
			case 4 ->
				new Extras(ExtraKind.ADVISOR, 0, ProviderRates.draw(random), BilledTokens.draw(random, false), null);
			default -> NONE;
		};
	}

	private static Extras searches(SplittableRandom random) {
		return new Extras(ExtraKind.SEARCHES, random.nextInt(1, 6), null, null, null);
	}

	private static Extras ofClass(SplittableRandom random) {
		return new Extras(ExtraKind.CLASS, 0, ProviderRates.draw(random), null, null);
	}

	/** Half to twice of what the list says, with more digits than a ledger has. */
	private static Extras reported(SplittableRandom random, BigDecimal micros) {
		BigDecimal factor = BigDecimal.valueOf(random.nextLong(500_000, 2_000_000), 6);
		return new Extras(ExtraKind.REPORTED, 0, null, null, micros.multiply(factor).movePointLeft(6));
	}

	/**
	 * Computes the bill of the call itself, each round of which is rounded once.
	 * @param list the rates of its model
	 * @param used what the answer used
	 * @return nano-dollars
	 */
	long billNanos(ProviderRates list, BilledTokens used) {
		if (this.reported != null) {
			return nanos(this.reported.movePointRight(6));
		}
		if (this.kind == ExtraKind.CLASS && this.rates != null) {
			return nanos(this.rates.micros(used));
		}
		BigDecimal tokens = list.micros(used);
		if (this.kind == ExtraKind.COMPACTION && this.round != null) {
			return nanos(tokens) + nanos(list.micros(this.round));
		}
		BigDecimal fees = SEARCH_FEE.multiply(BigDecimal.valueOf(1000L * this.searches));
		return nanos(((this.kind == ExtraKind.REGION) ? tokens.multiply(REGIONAL) : tokens).add(fees));
	}

	/**
	 * Computes the bill of the round of another model.
	 * @return nano-dollars, or -1 where there is none
	 */
	public long otherNanos() {
		boolean other = this.kind == ExtraKind.ADVISOR && this.rates != null && this.round != null;
		return other ? nanos(this.rates.micros(this.round)) : -1;
	}

	private static long nanos(BigDecimal micros) {
		return micros.movePointRight(NANOS).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
	}

	/** What a call is billed for besides its tokens. */
	public enum ExtraKind {

		/** Nothing. */
		NONE,

		/** Searches of the provider. */
		SEARCHES,

		/** Another processing class, with rates of its own. */
		CLASS,

		/** A region of its own, where tokens cost a tenth more. */
		REGION,

		/** An amount that the provider reports itself. */
		REPORTED,

		/** A further round of the same model. */
		COMPACTION,

		/** A further round of another model. */
		ADVISOR

	}

}
