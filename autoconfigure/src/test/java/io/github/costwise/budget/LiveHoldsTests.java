package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.budget.Budget.BudgetRules;
import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LiveHolds} and of what {@link BudgetRefusals} make of a wait.
 */
@Tag("unit")
class LiveHoldsTests {

	private static final Duration EXPIRY = Duration.ofMinutes(1);

	private static final BudgetAccount ALL = new BudgetAccount("b", "");

	private final FakeTime fake = new FakeTime();

	private final MemoryBudgetStore store = new MemoryBudgetStore();

	private final LiveHolds live = new LiveHolds(this.store, EXPIRY, this.fake.time());

	private void reserve(String id) {
		Instant now = this.fake.instant();
		this.store.reserve(new Reservation(id, now, now.plus(EXPIRY), new OutputRange(1, 1, 1, 1, true),
				List.of(new Demand(ALL, BudgetSpan.TOTAL, 100, 0, 0, 30, 0, 5, true))));
	}

	private long held() {
		BudgetState state = this.store.state(ALL, BudgetSpan.TOTAL, this.fake.instant());
		return (state != null) ? state.held() : 0;
	}

	@Test
	void holdsOfCallsLiveAsLongAsTheyDo() {
		reserve("a");
		this.live.add("a", true);
		reserve("gone");
		for (int i = 0; i < 10; i++) {
			this.fake.advance(this.live.pause());
			this.live.tick();
		}
		assertThat(held()).isEqualTo(30);
		assertThat(this.live.size()).isEqualTo(1);
		this.live.remove("a");
		this.fake.advance(EXPIRY);
		assertThat(this.live.tick()).isEqualTo(1);
		assertThat(held()).isZero();
	}

	@Test
	void heldMoneyExpires() {
		reserve("a");
		this.live.add("a", false);
		this.fake.advance(EXPIRY);
		assertThat(this.live.tick()).isEqualTo(1);
		assertThat(held()).isZero();
	}

	@Test
	void callsThatHoldGiveRoomWhenTheOldestUsuallyEnds() {
		for (int i = 0; i < 20; i++) {
			this.live.add("past " + i, true);
			this.fake.advance(Duration.ofSeconds(10));
			this.live.remove("past " + i);
		}
		this.live.add("old", true);
		this.fake.advance(Duration.ofMillis(3_500));
		this.live.add("young", true);
		assertThat(wait(BudgetRefusal.HOLDS, null)).isEqualTo(Duration.ofSeconds(7));
		this.fake.advance(Duration.ofMinutes(1));
		assertThat(wait(BudgetRefusal.HOLDS, null)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void whereNothingIsKnownOfCallsTheWaitIsShort() {
		assertThat(wait(BudgetRefusal.HOLDS, null)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void usedUpBudgetHasRoomAtItsReset() {
		Instant now = this.fake.instant();
		assertThat(wait(BudgetRefusal.SPENT, now.plusNanos(1))).isEqualTo(Duration.ofSeconds(1));
		assertThat(wait(BudgetRefusal.SPENT, now.plusMillis(90_001))).isEqualTo(Duration.ofSeconds(91));
	}

	@Test
	void whatNeverFitsIsNoUseToWaitFor() {
		assertThat(wait(BudgetRefusal.SPENT, null)).isNull();
		assertThat(wait(BudgetRefusal.NEVER_FITS, null)).isNull();
		assertThat(wait(BudgetRefusal.BLOCKED, null)).isNull();
		assertThat(wait(BudgetRefusal.UNAVAILABLE, null)).isNull();
	}

	private @Nullable Duration wait(BudgetRefusal refusal, @Nullable Instant room) {
		BudgetState state = new BudgetState(ALL, BudgetSpan.TOTAL, 100, 90, 10, 1);
		Admission.Denied refused = new Admission.Denied(ALL, refusal, 20, state, room);
		Duration wait = this.live.retryAfter(refused, this.fake.instant());
		BudgetExceededException exception = BudgetRefusals.exception(budget(), refused, wait);
		assertThat(exception.retryAfter()).isEqualTo(wait);
		assertThat(exception.reset()).isNull();
		assertThat(exception).hasMessageStartingWith("The budget 'b' ")
			.hasMessageEndingWith("; the call was not sent.");
		return wait;
	}

	private static Budget budget() {
		return new Budget("b", new BudgetAmount(100, BudgetUnit.USD), new BudgetWindow.Total(), List.of(), Map.of(),
				Map.of(), BudgetRules.DEFAULT);
	}

}
