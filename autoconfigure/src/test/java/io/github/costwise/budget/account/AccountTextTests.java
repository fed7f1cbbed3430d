package io.github.costwise.budget.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.spi.BudgetStore.Spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that an account is the same after it was written and read.
 */
@Tag("unit")
class AccountTextTests {

	private static final BudgetAccount ANN = new BudgetAccount("user", "ann");

	private static final Instant NOON = Instant.parse("2027-03-10T12:00:00.000000001Z");

	/** As the first release wrote it. */
	private static final String WRITTEN = """
			v=1 current=1804690800 forgotten=1804600000
			from=1804687200 until=1804690800 left=7 limit=100 carry=30 allowed=1 spent=40
			from=1804690800 until=1804694400 limit=100 carry=30 allowed=1 raised=5 spent=9 held=20 holds=2 before=1804687200""";

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void saysTheSameWhetherItWasWrittenOrNot(long seed) {
		Random random = new Random(seed);
		AccountWindows kept = new AccountWindows(ANN, span(random, NOON));
		AccountWindows read = new AccountWindows(ANN, kept.text(), BudgetSpan.TOTAL);
		Instant now = NOON;
		for (int i = 0; i < 3_000; i++) {
			now = now.plusMillis(random.nextInt(40_000) - 2_000);
			BudgetSpan span = span(random, now);
			long amount = random.nextInt(1_000) - 100;
			if (random.nextInt(4) > 0) {
				Spend spend = new Spend(ANN, span, 10_000, Math.abs(amount));
				assertThat(read.book(spend, now)).isEqualTo(kept.book(spend, now));
			}
			else {
				assertThat(read.adjust(span, now, i, amount)).isEqualTo(kept.adjust(span, now, i, amount));
			}
			assertThat(read.present(now)).isEqualTo(kept.present(now));
			assertThat(read.idle()).isEqualTo(kept.idle());
			String text = kept.text();
			read = new AccountWindows(ANN, text, BudgetSpan.TOTAL);
			assertThat(read.text()).isEqualTo(text).isASCII();
		}
	}

	private static BudgetSpan span(Random random, Instant now) {
		if (random.nextBoolean()) {
			return BudgetSpan.rolling(Duration.ofMinutes(90));
		}
		Instant from = Instant.ofEpochSecond(now.getEpochSecond() / 3600 * 3600 - 3600L * random.nextInt(3));
		return new BudgetSpan(from, from.plusSeconds(3600), null);
	}

	@Test
	void whatTheFirstReleaseWroteIsRead() {
		AccountWindows read = new AccountWindows(ANN, WRITTEN, BudgetSpan.TOTAL);
		assertThat(read.text()).isEqualTo(WRITTEN);
		Instant from = Instant.ofEpochSecond(1804690800);
		assertThat(read.state(new BudgetSpan(from, from.plusSeconds(3600), null), from)).satisfies((state) -> {
			assertThat(state.limit()).isEqualTo(100 + 5 + 30);
			assertThat(state.spent()).isEqualTo(9);
			assertThat(state.held()).isEqualTo(20);
			assertThat(state.holds()).isEqualTo(2);
		});
	}

	@Test
	void namesOfLaterReleasesArePassedBy() {
		String later = WRITTEN.replace(" left=7", " colour=blue left=7").replace("v=1", "v=1 shade=4");
		assertThat(new AccountWindows(ANN, later, BudgetSpan.TOTAL).text()).isEqualTo(WRITTEN);
	}

	@Test
	void formsThatAreUnknownAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AccountWindows(ANN, WRITTEN.replace("v=1", "v=2"), BudgetSpan.TOTAL))
			.withMessageContaining("user[ann]");
	}

	@Test
	void windowsThatAreConfiguredOtherwiseKeepWhatIsSpent() {
		BudgetSpan hour = BudgetSpan.rolling(Duration.ofHours(1));
		AccountWindows account = new AccountWindows(ANN, hour);
		account.book(new Spend(ANN, hour, 10, 3), NOON);
		account.conform(BudgetSpan.rolling(Duration.ofHours(2)));
		Instant later = NOON.plus(Duration.ofMinutes(90));
		account.book(new Spend(ANN, hour, 10, 4), later);
		assertThat(account.present(later)).satisfies((state) -> assertThat(state.spent()).isEqualTo(7));
		account.conform(BudgetSpan.TOTAL);
		assertThat(account.present(later.plus(Duration.ofDays(9))))
			.satisfies((state) -> assertThat(state.spent()).isEqualTo(7));
	}

}
