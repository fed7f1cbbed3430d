package io.github.costwise.pricing;

import java.util.Comparator;
import java.util.Locale;

import io.github.costwise.model.ServiceTier;

/**
 * The requests that one set of rates holds for.
 *
 * @param tier the processing class
 * @param above the number of prompt tokens that must be exceeded; zero for any prompt
 * @since 0.1.0
 */
public record PriceBand(ServiceTier tier, long above) implements Comparable<PriceBand> {

	/** Standard processing of any prompt. */
	public static final PriceBand BASE = new PriceBand(ServiceTier.STANDARD, 0);

	private static final Comparator<PriceBand> ORDER = Comparator.comparing((PriceBand band) -> band.tier())
		.thenComparingLong(PriceBand::above);

	private static final int THOUSAND = 1000;

	/**
	 * Reads a label such as {@code batch}, {@code >200k} or {@code batch>200k}.
	 * @param label the label
	 * @return the band
	 * @throws IllegalArgumentException if it cannot be read
	 */
	static PriceBand parse(String label) {
		int mark = label.indexOf('>');
		String tier = (mark < 0) ? label : label.substring(0, mark);
		return new PriceBand(tier.isEmpty() ? ServiceTier.STANDARD : tier(tier),
				(mark < 0) ? 0 : tokens(label.substring(mark + 1)));
	}

	private static ServiceTier tier(String name) {
		try {
			return ServiceTier.valueOf(name.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("unknown processing class '" + name + "'", ex);
		}
	}

	private static long tokens(String count) {
		boolean thousands = count.endsWith("k");
		String digits = thousands ? count.substring(0, count.length() - 1) : count;
		if (digits.isEmpty() || !digits.chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
			throw new IllegalArgumentException("'" + count + "' is not a prompt size");
		}
		return Math.multiplyExact(Long.parseLong(digits), thousands ? THOUSAND : 1);
	}

	@Override
	public int compareTo(PriceBand other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		String name = this.tier.name().toLowerCase(Locale.ROOT);
		if (this.above == 0) {
			return name;
		}
		return name + ">" + ((this.above % THOUSAND == 0) ? this.above / THOUSAND + "k" : String.valueOf(this.above));
	}

}
