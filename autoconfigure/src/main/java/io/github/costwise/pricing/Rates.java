package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.TokenUsage;

/**
 * The rates of one band, made ready for arithmetic. Rates of up to seven decimal places
 * per million units are whole numbers here, so that a price is a few multiplications of
 * longs; finer rates and amounts beyond a long go through {@link BigDecimal} and come out
 * the same.
 */
final class Rates {

	private static final BilledUnit[] UNITS = BilledUnit.values();

	private static final int PARTS = 4;

	/** Places by which a rate per million is moved: units of 10^-13 dollars a token. */
	private static final int SCALE = 7;

	/** Units of 10^-13 dollars in a nano-dollar. */
	private static final long PER_NANO = 10_000;

	/** Places between dollars per million units and nano-dollars per unit. */
	private static final int NANOS_PER_MILLION = 3;

	private static final int[] PART_OF = parts();

	private final String label;

	private final boolean searchKnown;

	private final BigDecimal[] rates;

	private final long @Nullable [] scaled;

	Rates(String label, BigDecimal[] rates, boolean searchKnown) {
		this.label = label;
		this.rates = rates;
		this.searchKnown = searchKnown;
		this.scaled = scale(rates);
	}

	private static int[] parts() {
		return Arrays.stream(UNITS).mapToInt((unit) -> switch (unit.kind()) {
			case INPUT -> 0;
			case CACHE_READ, CACHE_WRITE -> 1;
			case OUTPUT -> 2;
			case OTHER -> 3;
		}).toArray();
	}

	private static long @Nullable [] scale(BigDecimal[] rates) {
		long[] scaled = new long[rates.length];
		for (int i = 0; i < rates.length; i++) {
			BigDecimal moved = rates[i].movePointRight(SCALE);
			if (moved.stripTrailingZeros().scale() > 0) {
				return null;
			}
			scaled[i] = moved.longValueExact();
		}
		return scaled;
	}

	/**
	 * Prices a usage.
	 * @param usage the usage
	 * @param reasons why the price is not exact, besides what the usage shows
	 * @param version the version of the catalogue
	 * @return the price
	 * @throws ArithmeticException if the amount is beyond {@link Money}
	 */
	Price price(TokenUsage usage, Set<PriceReason> reasons, String version) {
		boolean complete = this.searchKnown || usage.get(BilledUnit.WEB_SEARCH) == 0;
		Set<PriceReason> all = complete ? reasons : PriceReason.both(reasons, Set.of(PriceReason.FEE_ASSUMED));
		if (this.scaled != null) {
			try {
				return inLongs(this.scaled, usage, all, version);
			}
			catch (ArithmeticException ex) {
				// beyond a long: the exact arithmetic below
			}
		}
		return inDecimals(usage, all, version);
	}

	private Price inLongs(long[] scaled, TokenUsage usage, Set<PriceReason> reasons, String version) {
		long input = 0;
		long cached = 0;
		long output = 0;
		long other = 0;
		for (int i = 0; i < scaled.length; i++) {
			long count = usage.get(UNITS[i]);
			if (count != 0) {
				long cost = Math.multiplyExact(count, scaled[i]);
				switch (PART_OF[i]) {
					case 0 -> input = Math.addExact(input, cost);
					case 1 -> cached = Math.addExact(cached, cost);
					case 2 -> output = Math.addExact(output, cost);
					default -> other = Math.addExact(other, cost);
				}
			}
		}
		long total = Math.addExact(Math.addExact(input, cached), Math.addExact(output, other));
		return price(nanos(total), nanos(input), nanos(cached), nanos(output), nanos(other), reasons, version);
	}

	private static long nanos(long scaled) {
		long whole = scaled / PER_NANO;
		long twice = 2 * (scaled % PER_NANO);
		boolean up = twice > PER_NANO || (twice == PER_NANO && (whole & 1) == 1);
		return up ? whole + 1 : whole;
	}

	private Price inDecimals(TokenUsage usage, Set<PriceReason> reasons, String version) {
		BigDecimal[] sums = new BigDecimal[PARTS];
		Arrays.fill(sums, BigDecimal.ZERO);
		for (int i = 0; i < this.rates.length; i++) {
			sums[PART_OF[i]] = sums[PART_OF[i]].add(this.rates[i].multiply(BigDecimal.valueOf(usage.get(UNITS[i]))));
		}
		BigDecimal total = sums[0].add(sums[1]).add(sums[2]).add(sums[3]);
		return price(nanos(total), nanos(sums[0]), nanos(sums[1]), nanos(sums[2]), nanos(sums[3]), reasons, version);
	}

	private static long nanos(BigDecimal usdPerMillionTimesUnits) {
		return usdPerMillionTimesUnits.movePointRight(NANOS_PER_MILLION)
			.setScale(0, RoundingMode.HALF_EVEN)
			.longValueExact();
	}

	/**
	 * What rounding the parts leaves over goes to the largest, so that none is below
	 * zero.
	 */
	private Price price(long total, long input, long cached, long output, long other, Set<PriceReason> reasons,
			String version) {
		long[] parts = { input, cached, output, other };
		for (long rest = total - input - cached - output - other; rest != 0; rest -= Long.signum(rest)) {
			parts[largest(parts)] += Long.signum(rest);
		}
		Money amount = Money.ofNanos(total);
		return new Price(amount, amount, Money.ofNanos(parts[0]), Money.ofNanos(parts[1]), Money.ofNanos(parts[2]),
				Money.ofNanos(parts[3]), reasons.isEmpty() ? PriceState.EXACT : PriceState.ESTIMATED, reasons, version,
				this.label);
	}

	private static int largest(long[] parts) {
		int largest = 0;
		for (int i = 1; i < parts.length; i++) {
			largest = (parts[i] > parts[largest]) ? i : largest;
		}
		return largest;
	}

}
