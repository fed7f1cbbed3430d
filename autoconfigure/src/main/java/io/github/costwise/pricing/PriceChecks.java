package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.spi.CatalogFormatException;

/**
 * What prices from elsewhere must satisfy before they are believed.
 */
final class PriceChecks {

	/** Of the models before, this share must still be there. */
	private static final int LEAST_KEPT_PERCENT = 50;

	/** A list on which more than this share of prices jump is refused as a whole. */
	private static final int MOST_JUMPS_PERCENT = 10;

	private static final int PERCENT = 100;

	private PriceChecks() {
	}

	/**
	 * Checks the rates of a row against each other.
	 * @param row the row
	 * @throws IllegalArgumentException if they cannot all be right
	 */
	static void ratios(PriceRow row) {
		row.rates().forEach((band, rates) -> {
			notAbove(band, rates, BilledUnit.CACHE_READ, BilledUnit.INPUT);
			notAbove(band, rates, BilledUnit.INPUT, BilledUnit.CACHE_WRITE_5M);
			notAbove(band, rates, BilledUnit.CACHE_WRITE_5M, BilledUnit.CACHE_WRITE_1H);
		});
	}

	private static void notAbove(PriceBand band, Map<BilledUnit, BigDecimal> rates, BilledUnit cheap, BilledUnit dear) {
		BigDecimal low = rates.get(cheap);
		BigDecimal high = rates.get(dear);
		if (low != null && high != null && low.compareTo(high) > 0) {
			throw new IllegalArgumentException(cheap + " at " + low.toPlainString() + " is more expensive than " + dear
					+ " at " + high.toPlainString() + " (" + band + ")");
		}
	}

	/**
	 * Compares a list with what is known.
	 * @param fresh the list
	 * @param known the catalogue now
	 * @param factor by how much a price may change at once
	 * @return the list, in which rows whose price jumped are as they were or left out
	 * @throws CatalogFormatException if the list as a whole cannot be believed
	 */
	static LiteLlmPrices compared(LiteLlmPrices fresh, KnownPrices known, BigDecimal factor) {
		notEmptied(fresh, known.imported().size());
		List<PriceRow> kept = new ArrayList<>();
		List<String> rejections = new ArrayList<>(fresh.rejections());
		int common = 0;
		for (PriceRow row : fresh.rows()) {
			PriceRow old = known.row(row.id());
			common += (old != null) ? 1 : 0;
			String jump = (old != null) ? jump(old, row, factor) : null;
			if (jump == null) {
				kept.add((old != null) ? row.completedBy(old) : row);
			}
			else {
				rejections.add(jump);
				kept.addAll(Optional.ofNullable(known.imported().get(row.id())).stream().toList());
			}
		}
		int jumps = rejections.size() - fresh.rejections().size();
		if (jumps * PERCENT > common * MOST_JUMPS_PERCENT) {
			throw new CatalogFormatException(fresh.location(), jumps + " of " + common
					+ " known prices changed by more than a factor of " + factor.toPlainString(), null);
		}
		return new LiteLlmPrices(fresh.location(), fresh.mark(), List.copyOf(kept), List.copyOf(rejections));
	}

	private static void notEmptied(LiteLlmPrices fresh, int before) {
		if (fresh.rows().isEmpty()) {
			String first = fresh.rejections().isEmpty() ? "" : "; left out: " + fresh.rejections().get(0);
			throw new CatalogFormatException(fresh.location(), "it holds no prices" + first, null);
		}
		if (fresh.rows().size() * PERCENT < before * LEAST_KEPT_PERCENT) {
			throw new CatalogFormatException(fresh.location(),
					"it holds " + fresh.rows().size() + " models where it held " + before, null);
		}
	}

	private static @Nullable String jump(PriceRow old, PriceRow row, BigDecimal factor) {
		for (BilledUnit unit : List.of(BilledUnit.INPUT, BilledUnit.OUTPUT)) {
			BigDecimal was = old.base(unit);
			BigDecimal is = row.base(unit);
			boolean same = was.signum() == is.signum();
			if (!same || is.compareTo(was.multiply(factor)) > 0 || was.compareTo(is.multiply(factor)) > 0) {
				return row.id() + ": " + unit + " jumped from " + was.toPlainString() + " to " + is.toPlainString()
						+ " USD per million";
			}
		}
		return null;
	}

	/**
	 * The prices to compare with.
	 *
	 * @param imported the rows of the list as it was last taken, by model
	 * @param shipped the catalogue below it
	 * @param at the present time
	 */
	record KnownPrices(Map<ModelId, PriceRow> imported, CatalogIndex shipped, Instant at) {

		@Nullable PriceRow row(ModelId id) {
			PriceRow row = this.imported.get(id);
			return (row != null) ? row : this.shipped.row(id, this.at);
		}

	}

}
