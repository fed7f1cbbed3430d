package io.github.costwise.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Settled;

import static io.github.costwise.spi.BudgetStoreContractCalls.ALL;
import static io.github.costwise.spi.BudgetStoreContractCalls.ANN;
import static io.github.costwise.spi.BudgetStoreContractCalls.BOB;
import static io.github.costwise.spi.BudgetStoreContractCalls.NOON;
import static io.github.costwise.spi.BudgetStoreContractCalls.admitted;
import static io.github.costwise.spi.BudgetStoreContractCalls.carrying;
import static io.github.costwise.spi.BudgetStoreContractCalls.demand;
import static io.github.costwise.spi.BudgetStoreContractCalls.forgiving;
import static io.github.costwise.spi.BudgetStoreContractCalls.hour;
import static io.github.costwise.spi.BudgetStoreContractCalls.keeping;
import static io.github.costwise.spi.BudgetStoreContractCalls.perToken;
import static io.github.costwise.spi.BudgetStoreContractCalls.total;
import static io.github.costwise.spi.BudgetStoreContractCalls.watched;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link BudgetStore} must hold.
 */
public abstract class BudgetStoreContract {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration LATE = Duration.ofMinutes(3);

	private BudgetStoreContractCalls calls;

	/** Returns a store that knows nothing. */
	protected abstract BudgetStore create() throws Exception;

	/** Returns how many operations the random test does. */
	protected int operations() {
		return 2_000;
	}

	@BeforeEach
	void createStore() throws Exception {
		this.calls = new BudgetStoreContractCalls(create());
	}

	@Test
	void whatIsHeldIsNotFree() {
		Demand call = total(ALL, 100, 40);
		this.calls.admitted("a", call);
		this.calls.admitted("b", call);
		Admission.Denied refused = this.calls.refused("c", call);
		assertThat(refused.refusal()).isEqualTo(BudgetRefusal.HOLDS);
		assertThat(refused.room()).isNull();
		assertThat(refused.needed()).isEqualTo(40);
		assertThat(refused.state().free()).isEqualTo(20);
		this.calls.admitted("d", total(ALL, 100, 20));
		this.calls.holds(call, 0, 100);
	}

	@Test
	void callIsHeldOnAllOfItsAccountsOrOnNone() {
		Demand all = total(ALL, 100, 10);
		Demand ann = total(ANN, 9, 10);
		assertThat(this.calls.refused("a", all, ann).account()).isEqualTo(ANN);
		assertThat(this.calls.refused("b", ann, all).account()).isEqualTo(ANN);
		this.calls.holds(all, 0, 0);
		this.calls.admitted("c", all, total(BOB, 10, 10));
		this.calls.holds(all, 0, 10);
		this.calls.holds(total(BOB, 10, 0), 0, 10);
	}

	@Test
	void settlingBooksWhatWasUsedAndFreesTheRest() {
		Demand all = total(ALL, 100, 60);
		Demand ann = total(ANN, 100, 60);
		this.calls.admitted("a", all, ann);
		List<Settled> settled = this.calls.settle("a", List.of(all, ann), 25);
		assertThat(settled).extracting((one) -> one.state().account()).containsExactly(ALL, ANN);
		assertThat(settled).extracting(Settled::held).containsOnly(60L);
		assertThat(settled).extracting(Settled::spent).containsOnly(25L);
		assertThat(settled).extracting((one) -> one.state().free()).containsOnly(75L);
		this.calls.holds(all, 25, 0);
	}

	@Test
	void spendsMayComeInAnotherOrder() {
		Demand all = total(ALL, 100, 60);
		Demand ann = total(ANN, 100, 60);
		this.calls.admitted("a", all, ann);
		this.calls.store.settle("a", NOON, List.of(new BudgetStore.Spend(ANN, BudgetSpan.TOTAL, 100, 7),
				new BudgetStore.Spend(ALL, BudgetSpan.TOTAL, 100, 5)));
		this.calls.holds(all, 5, 0);
		this.calls.holds(ann, 7, 0);
	}

	@Test
	void callMayCostMoreThanItHeld() {
		Demand call = total(ALL, 100, 40);
		this.calls.admitted("a", call);
		this.calls.admitted("b", call);
		assertThat(this.calls.settle("a", call, 90).get(0).state().free()).isEqualTo(-30);
		assertThat(this.calls.refused("c", total(ALL, 100, 1)).refusal()).isEqualTo(BudgetRefusal.HOLDS);
		this.calls.settle("b", call, 20);
		assertThat(this.calls.refused("d", total(ALL, 100, 1)).refusal()).isEqualTo(BudgetRefusal.SPENT);
		this.calls.holds(call, 110, 0);
	}

	@Test
	void releaseGivesEverythingBack() {
		Demand all = total(ALL, 100, 60);
		this.calls.admitted("a", all, total(ANN, 60, 60));
		this.calls.store.release("a");
		this.calls.store.release("a");
		this.calls.store.release("nobody");
		this.calls.holds(all, 0, 0);
		this.calls.holds(total(ANN, 60, 0), 0, 0);
	}

	@Test
	void reservingAgainHoldsNothingMore() {
		Demand call = perToken(total(ALL, 100, 10), 1);
		OutputRange range = new OutputRange(1, 30, 30, 1, true);
		assertThat(admitted(this.calls.reserve("a", range, call)).outputCap()).isEqualTo(30);
		assertThat(admitted(this.calls.reserve("a", range, call)).outputCap()).isEqualTo(30);
		this.calls.holds(call, 0, 40);
	}

	@Test
	void whatHasEndedHoldsNothingWhenItIsReservedAgain() {
		Demand call = total(ALL, 100, 40);
		this.calls.admitted("a", call);
		this.calls.settle("a", call, 30);
		this.calls.admitted("a", call);
		this.calls.holds(call, 30, 0);
		this.calls.admitted("b", call);
		this.calls.store.release("b");
		this.calls.admitted("b", call);
		this.calls.holds(call, 30, 0);
	}

	@Test
	void onlyTheFirstEndCounts() {
		Demand call = total(ALL, 100, 40);
		this.calls.admitted("a", call);
		assertThat(this.calls.settle("a", call, 30)).hasSize(1);
		assertThat(this.calls.settle("a", call, 31)).isEmpty();
		this.calls.store.release("a");
		this.calls.holds(call, 30, 0);
	}

	@Test
	void callThatWasNotReservedIsBookedOnce() {
		Demand call = total(ALL, 100, 0);
		Settled settled = this.calls.settle("a", call, 130).get(0);
		assertThat(settled.held()).isZero();
		assertThat(settled.state().limit()).isEqualTo(100);
		assertThat(settled.state().free()).isEqualTo(-30);
		assertThat(this.calls.settle("a", call, 130)).isEmpty();
		this.calls.holds(call, 130, 0);
	}

	@Test
	void holdThatExpiresIsBookedAsItSays() {
		Demand part = forgiving(total(ALL, 100, 40), 15);
		Demand whole = forgiving(total(ANN, 100, 40), Demand.WHOLE);
		Demand nothing = forgiving(total(BOB, 100, 40), 0);
		this.calls.admitted("a", part, whole, nothing);
		this.calls.pass(LATE);
		assertThat(this.calls.store.expire(this.calls.now)).containsExactly("a");
		assertThat(this.calls.store.expire(this.calls.now)).isEmpty();
		this.calls.holds(part, 15, 0);
		this.calls.holds(whole, 40, 0);
		this.calls.holds(nothing, 0, 0);
	}

	@Test
	void settlingAfterExpiryCorrectsWhatWasBooked() {
		Demand more = forgiving(total(ALL, 100, 40), 15);
		Demand less = forgiving(total(ANN, 100, 40), Demand.WHOLE);
		this.calls.admitted("a", more, less);
		this.calls.pass(LATE);
		this.calls.store.expire(this.calls.now);
		List<Settled> settled = this.calls.settle("a", List.of(more, less), 30);
		assertThat(settled).extracting(Settled::spent).containsOnly(30L);
		assertThat(settled).extracting((one) -> one.state().spent()).containsOnly(30L);
		assertThat(this.calls.settle("a", List.of(more, less), 30)).isEmpty();
		this.calls.holds(more, 30, 0);
		this.calls.holds(less, 30, 0);
	}

	@Test
	void releasingAfterExpiryGivesBackWhatWasBooked() {
		Demand call = forgiving(total(ALL, 100, 40), 15);
		this.calls.admitted("a", call);
		this.calls.pass(LATE);
		this.calls.store.expire(this.calls.now);
		this.calls.store.release("a");
		this.calls.store.release("a");
		this.calls.holds(call, 0, 0);
	}

	@Test
	void holdThatIsExtendedDoesNotExpire() {
		Demand call = total(ALL, 100, 60);
		this.calls.admitted("a", call);
		for (int i = 0; i < 5; i++) {
			this.calls.pass(Duration.ofMinutes(1));
			this.calls.store.extend(List.of("a", "nobody"), this.calls.now.plus(LATE));
			assertThat(this.calls.store.expire(this.calls.now)).isEmpty();
			assertThat(this.calls.refused("b" + i, call).refusal()).isEqualTo(BudgetRefusal.HOLDS);
		}
		this.calls.pass(LATE);
		assertThat(this.calls.store.expire(this.calls.now)).containsExactly("a");
		this.calls.store.extend(List.of("a"), this.calls.now.plus(LATE));
		this.calls.holds(call, 60, 0);
	}

	@Test
	void saysWhetherWaitingIsOfUse() {
		Demand spent = demand(ALL, hour(NOON), 100, 60);
		this.calls.admitted("a", spent);
		this.calls.settle("a", spent, 60);
		Admission.Denied refused = this.calls.refused("b", spent);
		assertThat(refused.refusal()).isEqualTo(BudgetRefusal.SPENT);
		assertThat(refused.room()).isEqualTo(NOON.plus(HOUR));
		Admission.Denied never = this.calls.refused("c", demand(ALL, hour(NOON), 100, 101));
		assertThat(never.refusal()).isEqualTo(BudgetRefusal.NEVER_FITS);
		assertThat(never.room()).isNull();
		Admission.Denied over = this.calls.refused("d", total(ANN, 0, 1));
		assertThat(over.refusal()).isEqualTo(BudgetRefusal.NEVER_FITS);
	}

	@Test
	void totalThatIsSpentHasRoomAtNoTime() {
		Demand call = total(ALL, 100, 60);
		this.calls.settle("a", call, 60);
		assertThat(this.calls.refused("b", call).refusal()).isEqualTo(BudgetRefusal.SPENT);
		assertThat(this.calls.refused("b", call).room()).isNull();
	}

	@Test
	void amongSeveralThatHaveNoRoomTheOneThatLastsLongestIsNamed() {
		Demand day = demand(ANN, hour(NOON), 100, 60);
		Demand month = demand(BOB, new BudgetSpan(NOON, NOON.plus(Duration.ofDays(20)), null), 100, 60);
		Demand held = total(ALL, 100, 60);
		this.calls.admitted("a", held);
		this.calls.settle("b", List.of(day, month), 60);
		assertThat(this.calls.refused("c", held, day, month).account()).isEqualTo(BOB);
		assertThat(this.calls.refused("c", month, day, held).account()).isEqualTo(BOB);
		assertThat(this.calls.refused("c", held, day).account()).isEqualTo(ANN);
	}

	@Test
	void callThatNeedsNothingPassesAUsedUpAccount() {
		Demand spent = total(ALL, 100, 100);
		this.calls.settle("a", spent, 150);
		Admission free = this.calls.reserve("b", new OutputRange(10, 500, 400, 50, true), total(ALL, 100, 0),
				total(ANN, 0, 0));
		assertThat(admitted(free).outputCap()).isEqualTo(500);
		assertThat(this.calls.settle("b", total(ALL, 100, 0), 0)).hasSize(2);
	}

	@Test
	void accountThatIsWatchedRefusesNothingAndLimitsNothing() {
		Demand demand = watched(perToken(total(ALL, 100, 40), 1));
		OutputRange range = new OutputRange(10, 50, 50, 1, true);
		assertThat(admitted(this.calls.reserve("a", range, demand)).watched()).isEmpty();
		Admission.Admitted second = admitted(this.calls.reserve("b", range, demand, total(ANN, 100, 10)));
		assertThat(second.watched()).containsExactly(ALL);
		assertThat(second.outputCap()).isEqualTo(50);
		this.calls.holds(demand, 0, 180);
	}

	@Test
	void whatIsKeptForOthersIsNotFree() {
		Demand own = keeping(total(ALL, 100, 30), 50);
		this.calls.admitted("a", own);
		assertThat(this.calls.refused("b", own).refusal()).isEqualTo(BudgetRefusal.HOLDS);
		assertThat(this.calls.refused("c", keeping(total(ALL, 100, 60), 50)).refusal())
			.isEqualTo(BudgetRefusal.NEVER_FITS);
		this.calls.admitted("d", total(ALL, 100, 70));
	}

	@Test
	void answersAreCutOnlyWhereTheyMightNotFit() {
		Demand account = perToken(total(ALL, 1_000, 100), 1);
		assertThat(cap(new OutputRange(50, 900, 900, 1, true), account)).isEqualTo(900);
		assertThat(cap(new OutputRange(50, 901, 800, 1, true), account)).isEqualTo(800);
		assertThat(cap(new OutputRange(50, 2_000, 2_000, 1, true), account)).isEqualTo(900);
		assertThat(cap(new OutputRange(50, 2_000, 2_000, 5, true), account)).isEqualTo(100);
		assertThat(cap(new OutputRange(150, 2_000, 2_000, 5, true), account)).isEqualTo(150);
		assertThat(cap(new OutputRange(900, 2_000, 2_000, 50, true), account)).isEqualTo(900);
		assertThat(cap(new OutputRange(50, 2_000, 2_000, 1, true), account, perToken(total(ANN, 500, 0), 2)))
			.isEqualTo(250);
		assertThat(cap(new OutputRange(50, 2_000, 2_000, 1, true), total(BOB, 1, 1))).isEqualTo(2_000);
		assertThat(cap(new OutputRange(50, 2_000, 2_000, 50, true), total(BOB, 3, 1))).isEqualTo(2_000);
	}

	private int cap(OutputRange range, Demand... demands) {
		int cap = admitted(this.calls.reserve("cap", range, demands)).outputCap();
		this.calls = again();
		return cap;
	}

	private BudgetStoreContractCalls again() {
		try {
			return new BudgetStoreContractCalls(create());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void callsDrawOnWhatIsHeldForThem() {
		Demand all = total(ALL, 100, 60);
		this.calls.admitted("run", all);
		admitted(this.calls.within("run", "a", total(ALL, 100, 40)));
		this.calls.holds(all, 0, 60);
		Admission.Denied refused = (Admission.Denied) this.calls.within("run", "b", total(ALL, 100, 21));
		assertThat(refused.refusal()).isEqualTo(BudgetRefusal.DRAWN);
		assertThat(refused.account()).isEqualTo(ALL);
		admitted(this.calls.within("run", "c", total(ALL, 100, 20)));
		this.calls.settle("a", all, 15);
		this.calls.holds(all, 15, 45);
		admitted(this.calls.within("run", "d", total(ALL, 100, 25)));
		this.calls.store.release("c");
		this.calls.settle("d", all, 30);
		this.calls.holds(all, 45, 15);
		this.calls.store.release("run");
		this.calls.holds(all, 45, 0);
		admitted(this.calls.within("run", "e", total(ALL, 100, 55)));
	}

	@Test
	void whatIsDrawnBeyondTheRestLeavesNothing() {
		Demand all = total(ALL, 100, 30);
		this.calls.admitted("run", all);
		admitted(this.calls.within("run", "a", total(ALL, 100, 10)));
		Settled settled = this.calls.settle("a", all, 80).get(0);
		assertThat(settled.held()).isEqualTo(10);
		this.calls.holds(all, 80, 0);
		assertThat(((Admission.Denied) this.calls.within("run", "b", total(ALL, 100, 1))).refusal())
			.isEqualTo(BudgetRefusal.DRAWN);
		assertThat(this.calls.settle("run", all, 5).get(0).held()).isZero();
		this.calls.holds(all, 85, 0);
	}

	@Test
	void callThatDrawsIsAdmittedElsewhereAsAnyOther() {
		Demand run = demand(ALL, hour(NOON), 100, 60);
		this.calls.admitted("run", run);
		this.calls.pass(HOUR);
		Demand call = demand(ALL, hour(this.calls.now), 100, 50);
		Demand ann = total(ANN, 60, 50);
		admitted(this.calls.within("run", "a", call, ann));
		assertThat(((Admission.Denied) this.calls.within("run", "b", demand(ALL, hour(this.calls.now), 100, 1), ann))
			.account()).isEqualTo(ANN);
		this.calls.settle("a", List.of(call, ann), 40);
		this.calls.holds(run, 40, 20);
		this.calls.holds(ann, 40, 0);
		this.calls.holds(call, 0, 0);
	}

	@Test
	void answersAreCutToWhatIsHeldForThem() {
		this.calls.admitted("run", total(ALL, 1_000, 300));
		Demand call = perToken(total(ALL, 1_000, 100), 2);
		OutputRange range = new OutputRange(10, 500, 500, 1, true);
		assertThat(admitted(this.calls.within("run", "a", range, call)).outputCap()).isEqualTo(100);
		assertThat(this.calls.within("run", "b", range, call)).isInstanceOf(Admission.Denied.class);
	}

	@Test
	void callThatDrewAndExpiredIsBookedAndCorrected() {
		Demand run = forgiving(total(ALL, 100, 60), 0);
		this.calls.admitted("run", run);
		admitted(this.calls.within("run", "a", forgiving(total(ALL, 100, 40), 15)));
		this.calls.pass(LATE);
		this.calls.store.extend(List.of("run"), this.calls.now.plus(LATE));
		assertThat(this.calls.store.expire(this.calls.now)).containsExactly("a");
		this.calls.holds(run, 15, 45);
		this.calls.settle("a", run, 20);
		this.calls.holds(run, 20, 40);
		this.calls.pass(LATE.multipliedBy(2));
		assertThat(this.calls.store.expire(this.calls.now)).containsExactly("run");
		this.calls.holds(run, 20, 0);
	}

	@Test
	void raiseOfAWindowThatReachesBackEnds() {
		BudgetSpan span = BudgetSpan.rolling(Duration.ofMinutes(10));
		Demand call = demand(ALL, span, 100, 80);
		this.calls.settle("a", call, 80);
		this.calls.store.adjust(ALL, span, this.calls.now, 60, 0);
		this.calls.admitted("b", call);
		this.calls.store.release("b");
		this.calls.pass(Duration.ofMinutes(6));
		this.calls.settle("c", call, 60);
		this.calls.store.adjust(ALL, span, this.calls.now, 0, 1);
		assertThat(this.calls.state(call).limit()).isEqualTo(160);
		this.calls.pass(Duration.ofMinutes(4));
		assertThat(this.calls.state(call).limit()).isEqualTo(100);
		assertThat(this.calls.refused("d", call).refusal()).isEqualTo(BudgetRefusal.SPENT);
	}

	@Test
	void windowOfACallIsThatInWhichItBegan() {
		Demand before = demand(ALL, hour(NOON), 100, 80);
		this.calls.admitted("a", before);
		this.calls.pass(HOUR);
		Demand after = demand(ALL, hour(this.calls.now), 100, 100);
		this.calls.admitted("b", after);
		this.calls.settle("a", before, 70);
		this.calls.holds(before, 70, 0);
		this.calls.holds(after, 0, 100);
		this.calls.settle("b", after, 90);
		this.calls.holds(after, 90, 0);
	}

	@Test
	void windowBeginsAtItsFirstMomentAndNoEarlier() {
		this.calls.now = NOON.plus(HOUR).minusNanos(1);
		Demand before = demand(ALL, hour(this.calls.now), 100, 100);
		this.calls.settle("a", before, 100);
		assertThat(this.calls.refused("b", before).room()).isEqualTo(NOON.plus(HOUR));
		this.calls.pass(Duration.ofNanos(1));
		this.calls.admitted("c", demand(ALL, hour(this.calls.now), 100, 100));
	}

	@Test
	void clockThatGoesBackFindsWhatWasSpentBefore() {
		Demand noon = demand(ALL, hour(NOON), 100, 60);
		Demand later = demand(ALL, hour(NOON.plus(HOUR)), 100, 60);
		this.calls.admitted("a", noon);
		this.calls.settle("a", noon, 60);
		this.calls.pass(HOUR);
		this.calls.admitted("b", later);
		this.calls.pass(HOUR.negated());
		assertThat(this.calls.refused("c", noon).refusal()).isEqualTo(BudgetRefusal.SPENT);
		this.calls.holds(noon, 60, 0);
		this.calls.pass(HOUR);
		assertThat(this.calls.refused("d", later).refusal()).isEqualTo(BudgetRefusal.HOLDS);
		this.calls.settle("b", later, 60);
		this.calls.holds(later, 60, 0);
	}

	@Test
	void whatAWindowLeftIsCarriedOverUpToACap() {
		Demand first = carrying(demand(ALL, hour(NOON), 100, 0), 30);
		this.calls.admitted("a", first);
		this.calls.settle("a", first, 80);
		assertThat(limitAfter(HOUR, 30)).isEqualTo(120);
		this.calls.settle("b", demand(ALL, hour(this.calls.now), 100, 0), 10);
		assertThat(limitAfter(HOUR, 30)).isEqualTo(130);
		this.calls.settle("c", demand(ALL, hour(this.calls.now), 100, 0), 200);
		assertThat(limitAfter(HOUR, 30)).isEqualTo(100);
		assertThat(limitAfter(HOUR.multipliedBy(5), 30)).isEqualTo(130);
	}

	@Test
	void whatCallsOfTheWindowBeforeStillHoldIsCarriedOverOnceItIsFree() {
		Demand first = carrying(demand(ALL, hour(NOON), 100, 90), 50);
		this.calls.admitted("a", first);
		assertThat(limitAfter(HOUR, 50)).isEqualTo(110);
		this.calls.settle("a", first, 70);
		assertThat(limitAfter(Duration.ZERO, 50)).isEqualTo(130);
	}

	@Test
	void bookingOfACallThatNobodyAdmittedKeepsWhatIsCarriedOver() {
		this.calls.admitted("a", carrying(demand(ALL, hour(NOON), 100, 0), 30));
		this.calls.pass(HOUR);
		this.calls.settle("b", demand(ALL, hour(this.calls.now), 100, 0), 10);
		assertThat(limitAfter(Duration.ZERO, 30)).isEqualTo(130);
	}

	private long limitAfter(Duration time, long carry) {
		this.calls.pass(time);
		Demand next = carrying(demand(ALL, hour(this.calls.now), 100, 0), carry);
		String id = "limit at " + this.calls.now;
		this.calls.admitted(id, next);
		this.calls.store.release(id);
		return this.calls.state(next).limit();
	}

	@Test
	void raiseHoldsUntilTheWindowEnds() {
		Demand call = demand(ALL, hour(NOON), 100, 120);
		assertThat(this.calls.refused("a", call).refusal()).isEqualTo(BudgetRefusal.NEVER_FITS);
		BudgetState raised = this.calls.store.adjust(ALL, hour(NOON), NOON, 50, 0);
		assertThat(raised.limit()).isEqualTo(150);
		this.calls.admitted("b", call);
		this.calls.store.release("b");
		this.calls.pass(HOUR);
		assertThat(this.calls.refused("c", demand(ALL, hour(this.calls.now), 100, 120)).refusal())
			.isEqualTo(BudgetRefusal.NEVER_FITS);
	}

	@Test
	void spendIsCorrectedInItsWindow() {
		Demand call = demand(ALL, hour(NOON), 100, 30);
		this.calls.settle("a", call, 90);
		assertThat(this.calls.store.adjust(ALL, hour(NOON), NOON, 0, -70).spent()).isEqualTo(20);
		this.calls.admitted("b", call);
		this.calls.pass(HOUR);
		Demand later = demand(ALL, hour(this.calls.now), 100, 30);
		this.calls.settle("c", later, 90);
		this.calls.store.adjust(ALL, hour(NOON), this.calls.now, 40, -20);
		this.calls.holds(later, 90, 0);
		assertThat(this.calls.state(later).limit()).isEqualTo(100);
	}

	@Test
	void rollingWindowReachesBackFromEveryMoment() {
		Demand minute = demand(ALL, BudgetSpan.rolling(Duration.ofMinutes(1)), 15, 1);
		Random random = new Random(42);
		List<Instant> passed = new ArrayList<>();
		for (int i = 0; i < 3_000; i++) {
			this.calls.pass(Duration.ofMillis((i == 1_000) ? 70_000 : random.nextInt(200)));
			if (this.calls.reserve("c" + i, minute) instanceof Admission.Admitted) {
				this.calls.settle("c" + i, minute, 1);
				passed.add(this.calls.now);
			}
		}
		assertThat(passed).hasSizeGreaterThan(70);
		for (int i = 15; i < passed.size(); i++) {
			assertThat(Duration.between(passed.get(i - 15), passed.get(i)))
				.isGreaterThanOrEqualTo(Duration.ofMinutes(1));
		}
	}

	@Test
	void rollingWindowRefusesNothingThatFits() {
		Demand tokens = demand(ALL, BudgetSpan.rolling(Duration.ofMinutes(1)), 186, 31);
		Demand requests = demand(ANN, BudgetSpan.rolling(Duration.ofMinutes(1)), 500, 1);
		for (int i = 0; i < 60; i++) {
			this.calls.admitted("c" + i, tokens, requests);
			this.calls.settle("c" + i, tokens, 31);
			this.calls.pass(Duration.ofSeconds(10));
		}
	}

	@Test
	void rollingWindowSaysWhenEnoughHasLeftIt() {
		Demand call = demand(ALL, BudgetSpan.rolling(Duration.ofMinutes(1)), 100, 40);
		this.calls.settle("a", call, 30);
		this.calls.pass(Duration.ofSeconds(20));
		this.calls.settle("b", call, 60);
		this.calls.pass(Duration.ofSeconds(5));
		Instant room = this.calls.refused("c", call).room();
		assertThat(room).isEqualTo(NOON.plusSeconds(60));
		this.calls.now = room.minusNanos(1);
		this.calls.refused("d", call);
		this.calls.now = room;
		this.calls.admitted("e", call);
	}

	@Test
	void rollingSpendIsCorrectedOnce() {
		Demand call = demand(ALL, BudgetSpan.rolling(Duration.ofMinutes(1)), 100, 40);
		this.calls.settle("a", call, 90);
		this.calls.pass(Duration.ofSeconds(30));
		this.calls.store.adjust(ALL, call.span(), this.calls.now, 0, -80);
		this.calls.holds(call, 10, 0);
		this.calls.pass(Duration.ofSeconds(40));
		this.calls.holds(call, 0, 0);
	}

	@Test
	void rollingWindowOutlivesAClockThatGoesBack() {
		Demand call = demand(ALL, BudgetSpan.rolling(Duration.ofMinutes(1)), 100, 60);
		this.calls.settle("a", call, 60);
		this.calls.pass(HOUR);
		this.calls.admitted("b", call);
		this.calls.settle("b", call, 30);
		this.calls.pass(HOUR.negated());
		this.calls.refused("c", call);
		this.calls.pass(Duration.ofMinutes(2));
		this.calls.admitted("d", call);
	}

	@Test
	void statesTellThoseFirstThatSpentMost() {
		this.calls.settle("a", total(ANN, 100, 0), 10);
		this.calls.settle("b", total(BOB, 100, 0), 20);
		this.calls.settle("c", total(ALL, 100, 0), 30);
		assertThat(this.calls.store.states("user", NOON, 10)).extracting(BudgetState::account)
			.containsExactly(BOB, ANN);
		assertThat(this.calls.store.states("user", NOON, 1)).extracting(BudgetState::account).containsExactly(BOB);
		assertThat(this.calls.store.states("nobody", NOON, 1)).isEmpty();
	}

	@Test
	void windowThatIsOverIsNotShown() {
		Demand call = demand(ANN, hour(NOON), 100, 10);
		this.calls.settle("a", call, 10);
		this.calls.pass(HOUR);
		assertThat(this.calls.store.states("user", this.calls.now, 10)).isEmpty();
		assertThat(this.calls.store.state(ANN, hour(this.calls.now), this.calls.now)).isNull();
	}

	@Test
	void threadsAdmitNoMoreThanTheLimit() throws Exception {
		int callers = 16;
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try {
			List<Future<Integer>> passed = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				int caller = i;
				passed.add(executor.submit(() -> passed(caller)));
			}
			int sum = 0;
			for (Future<Integer> one : passed) {
				sum += one.get();
			}
			assertThat(sum).isEqualTo(100);
		}
		finally {
			executor.shutdownNow();
		}
		this.calls.holds(total(ALL, 100, 1), 100, 0);
	}

	private int passed(int caller) {
		Demand all = total(ALL, 100, 1);
		Demand own = total(new BudgetAccount("caller", String.valueOf(caller % 4)), 1_000, 1);
		Demand[] demands = (caller % 2 == 0) ? new Demand[] { all, own } : new Demand[] { own, all };
		int passed = 0;
		for (int i = 0; i < 50; i++) {
			String id = caller + "-" + i;
			if (this.calls.reserve(id, demands) instanceof Admission.Admitted) {
				this.calls.settle(id, Arrays.asList(demands), 1);
				passed++;
			}
		}
		return passed;
	}

	@Test
	void saysWhatPlainSumsWouldSay() {
		new BudgetStoreContractModel(this.calls.store, 42).run(operations());
	}

}
