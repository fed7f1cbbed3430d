package io.github.costwise.pricing;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Money;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link PriceSum}. */
@Tag("unit")
class PriceSumTests {

	private static final Price ONE = price(10, PriceState.EXACT, Set.of(), "standard");

	@Test
	void addsAmountsAndKeepsOneTier() {
		assertThat(PriceSum.of(List.of(ONE))).isSameAs(ONE);
		assertThat(PriceSum.of(List.of(ONE, ONE, ONE))).isEqualTo(price(30, PriceState.EXACT, Set.of(), "standard"));
	}

	@Test
	void isAsDoubtfulAsTheMostDoubtfulRoundInAnyOrder() {
		Price doubted = price(5, PriceState.ESTIMATED, Set.of(PriceReason.CACHE_UNTOLD), "standard>200k");
		Price expected = price(15, PriceState.ESTIMATED, Set.of(PriceReason.CACHE_UNTOLD), "standard+standard>200k");
		assertThat(PriceSum.of(List.of(ONE, doubted))).isEqualTo(expected);
		assertThat(PriceSum.of(List.of(doubted, ONE))).isEqualTo(expected);
		Price unknown = Price.unknown("v", PriceReason.MODEL_UNKNOWN);
		assertThat(PriceSum.of(List.of(unknown, doubted)).state()).isEqualTo(PriceState.UNKNOWN);
		assertThat(PriceSum.of(List.of(unknown, doubted)).reasons()).containsExactlyInAnyOrder(PriceReason.CACHE_UNTOLD,
				PriceReason.MODEL_UNKNOWN);
	}

	@Test
	void cannotWrap() {
		Price most = price(Long.MAX_VALUE, PriceState.EXACT, Set.of(), "standard");
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> PriceSum.of(List.of(most, ONE)));
	}

	private static Price price(long nanos, PriceState state, Set<PriceReason> reasons, String tier) {
		Money amount = Money.ofNanos(nanos);
		return new Price(amount, amount, amount, Money.ZERO, Money.ZERO, Money.ZERO, state, reasons, "v", tier);
	}

}
