package io.github.costwise.cache.response;

import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.Tier;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.Freshness;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;

import static io.github.costwise.cache.response.CacheBench.PATIENCE;
import static io.github.costwise.cache.response.CacheBench.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What turns are notified that ask the same at one moment.
 */
@Tag("unit")
class CacheTurnFlightTests {

	private static final CacheStep ASK = CacheStep.AskModel.INSTANCE;

	private static final RuntimeException AWAY = new IllegalStateException("the model is away");

	private final CacheBench bench = CacheBench.create();

	private final CacheTurn leader = this.bench.turn("leader");

	@AfterEach
	void close() {
		this.bench.close();
	}

	private static CacheStep.AwaitLeader awaits(CacheTurn turn) {
		CacheStep step = turn.next();
		assertThat(step).isInstanceOf(CacheStep.AwaitLeader.class);
		return (CacheStep.AwaitLeader) step;
	}

	private static CacheHit hit(CacheTurn turn) {
		CacheStep step = turn.next();
		assertThat(step).isInstanceOf(CacheStep.ServeHit.class);
		return ((CacheStep.ServeHit) step).hit();
	}

	private CacheTurn follower(CacheRequest request) {
		CacheTurn follower = this.bench.turn(request, POLICY);
		assertThat(awaits(follower).until()).isNotDone();
		return follower;
	}

	private CacheTurn follower(String name) {
		return follower(CacheBench.request(name));
	}

	private void lead() {
		assertThat(this.leader.next()).isEqualTo(ASK);
	}

	@Test
	void followersAreGivenTheAnswerBeforeItIsStored() {
		lead();
		CacheTurn one = this.bench.turn("one");
		CacheStep.AwaitLeader wait = awaits(one);
		CacheTurn two = follower("two");
		assertThat(wait.atMost()).isEqualTo(PATIENCE);
		assertThat(wait.until()).isNotDone();
		this.leader.answered(CacheBench.answer("A store."));
		assertThat(wait.until()).isDone();
		assertThat(List.of(hit(one).kind(), hit(two).kind())).containsOnly(CacheHit.HitKind.SHARED);
		CacheTurn late = this.bench.turn("late");
		assertThat(awaits(late).until()).isDone();
		assertThat(hit(late).kind()).isEqualTo(CacheHit.HitKind.SHARED);
		this.bench.tasks().doAll();
		assertThat(hit(this.bench.turn("later")).kind()).isEqualTo(CacheHit.HitKind.EXACT);
		assertThat(this.bench.counters().hits(CacheHit.HitKind.SHARED)).isEqualTo(3);
		assertThat(this.bench.counters().misses(Miss.NEW)).isOne();
		assertThat(this.bench.counters().lookups()).isEqualTo(5);
	}

	@Test
	void whoeverCancelsAWaitEndsNoOtherOne() {
		lead();
		CacheStep.AwaitLeader wait = awaits(this.bench.turn("one"));
		CacheTurn two = this.bench.turn("two");
		CacheStep.AwaitLeader other = awaits(two);
		wait.until().cancel(true);
		assertThat(other.until()).isNotDone();
		this.leader.answered(CacheBench.answer("A store."));
		assertThat(hit(two).kind()).isEqualTo(CacheHit.HitKind.SHARED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyFollowerAsksWhereTheAnswerMayNotBeShared(boolean refusedByTheCaller) {
		lead();
		CacheTurn one = follower("one");
		CacheTurn two = follower("two");
		if (refusedByTheCaller) {
			this.leader.refused(Refusal.SCHEMA);
		}
		else {
			this.leader.answered(CacheBench.answer(Recording.NONE));
		}
		assertThat(List.of(one.next(), two.next())).containsOnly(ASK);
		assertThat(this.bench.counters().misses(Miss.NOT_SHARED)).isEqualTo(2);
		assertThat(this.bench.counters().refusals(refusedByTheCaller ? Refusal.SCHEMA : Refusal.EMPTY)).isOne();
		assertThat(this.bench.turn("three").next()).isEqualTo(ASK);
	}

	@Test
	void oneFollowerAsksNextWhereTheLeaderGoesAway() {
		lead();
		CacheTurn one = follower("one");
		CacheTurn two = follower("two");
		this.leader.unanswered();
		assertThat(one.next()).isEqualTo(ASK);
		assertThat(awaits(two).until()).isNotDone();
		one.answered(CacheBench.answer("A store."));
		assertThat(hit(two).kind()).isEqualTo(CacheHit.HitKind.SHARED);
	}

	@Test
	void leaderThatWasCancelledHasNotFailed() {
		lead();
		CacheTurn one = follower("one");
		this.leader.failed(new IllegalStateException(new CancellationException()));
		assertThat(one.next()).isEqualTo(ASK);
		CacheTurn two = follower("two");
		one.failed(AWAY);
		assertThat(two.next()).isEqualTo(ASK);
	}

	@Test
	void leaderWhoseThreadIsInterruptedHasNotFailed() {
		lead();
		CacheTurn one = follower("one");
		CacheTurn two = follower("two");
		Thread.currentThread().interrupt();
		this.leader.failed(AWAY);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(one.next()).isEqualTo(ASK);
		one.failed(AWAY);
		assertThat(two.next()).isEqualTo(ASK);
	}

	@Test
	void oneFollowerAsksOnceMoreWhereTheLeaderFailsAndThenAllFail() {
		lead();
		CacheTurn one = follower("one");
		CacheTurn two = follower("two");
		CacheTurn three = follower("three");
		this.leader.failed(new IllegalStateException("the first one"));
		assertThat(one.next()).isEqualTo(ASK);
		assertThat(awaits(two).until()).isNotDone();
		one.failed(AWAY);
		assertThat(two.next()).isEqualTo(new CacheStep.FailAlike(AWAY));
		CacheStep.AwaitLeader last = awaits(three);
		assertThat(last.until()).isDone();
		assertThat(three.next()).isEqualTo(new CacheStep.FailAlike(AWAY));
		assertThat(this.bench.counters().misses(Miss.FAILED)).isEqualTo(2);
		assertThat(this.bench.turn("later").next()).isEqualTo(ASK);
	}

	@Test
	void answerOfTheSecondAttemptIsShared() {
		lead();
		CacheTurn one = follower("one");
		CacheTurn two = follower("two");
		this.leader.failed(AWAY);
		assertThat(one.next()).isEqualTo(ASK);
		assertThat(awaits(two).until()).isNotDone();
		one.answered(CacheBench.answer("A store."));
		assertThat(hit(two).kind()).isEqualTo(CacheHit.HitKind.SHARED);
	}

	@Test
	void followerWhosePatienceEndsAsksByItself() {
		lead();
		CacheTurn one = follower("one");
		this.bench.time.advance(PATIENCE);
		assertThat(one.next()).isEqualTo(ASK);
		assertThat(this.bench.counters().misses(Miss.NOT_SHARED)).isOne();
		one.answered(CacheBench.answer("its own"));
		this.bench.tasks().doAll();
		assertThat(hit(this.bench.turn("late")).answer().text()).isEqualTo("its own");
		this.leader.answered(CacheBench.answer("the leader's"));
		this.bench.tasks().doAll();
		assertThat(hit(this.bench.turn("later")).answer().text()).isEqualTo("the leader's");
	}

	@Test
	void patienceIsForAllLeadersTogether() {
		lead();
		CacheTurn one = follower("one");
		CacheTurn two = follower("two");
		this.bench.time.advance(PATIENCE.dividedBy(3));
		this.leader.unanswered();
		one.next();
		assertThat(awaits(two).atMost()).isEqualTo(PATIENCE.multipliedBy(2).dividedBy(3));
	}

	@Test
	void turnInsideAnotherOneWaitsForNobody() {
		lead();
		CacheTurn nested = this.bench.turn(CacheBench.nested(CacheBench.request("nested")), POLICY);
		assertThat(nested.next()).isEqualTo(ASK);
		nested.unanswered();
		follower("one");
	}

	@Test
	void turnThatCanWaitNoMoreAsks() {
		lead();
		CacheTurn one = follower("one");
		one.stopWaiting();
		assertThat(one.next()).isEqualTo(ASK);
		CacheTurn two = follower("two");
		CacheTurn three = follower("three");
		this.leader.unanswered();
		assertThat(two.next()).isEqualTo(ASK);
		three.stopWaiting();
		assertThat(three.next()).isEqualTo(ASK);
	}

	@Test
	void everyTurnAsksWhereNoneWaits() {
		try (CacheBench apart = CacheBench.withoutFlights()) {
			CacheTurn one = apart.turn("one");
			CacheTurn two = apart.turn("two");
			assertThat(List.of(one.next(), two.next())).containsOnly(ASK);
			one.answered(CacheBench.answer("A store."));
			apart.tasks().doAll();
			assertThat(hit(apart.turn("three")).kind()).isEqualTo(CacheHit.HitKind.EXACT);
		}
	}

	@Test
	void followerThatWantsMoreThanTheLeaderGotAsks() {
		lead();
		CacheTurn better = follower(CacheBench.of(CacheBench.request("better"), Tier.PREMIUM));
		CacheTurn streamed = follower(CacheBench.streamed(CacheBench.request("streamed")));
		this.leader.answered(CacheBench.answer("A store."));
		assertThat(List.of(better.next(), streamed.next())).containsOnly(ASK);
		assertThat(this.bench.counters().misses(Miss.NOT_SHARED)).isEqualTo(2);
	}

	@Test
	void whoeverComesAfterARemovalAsksAgainAndTheAnswerOfBeforeIsNotStored() {
		lead();
		CacheTurn before = follower("before");
		this.bench.cache.evict(CacheEviction.all());
		CacheTurn after = this.bench.turn("after");
		assertThat(after.next()).isEqualTo(ASK);
		this.leader.answered(CacheBench.answer("old"));
		this.bench.tasks().doAll();
		assertThat(hit(before).answer().text()).isEqualTo("old");
		assertThat(this.bench.counters().refusals(Refusal.EVICTED)).isOne();
		CacheTurn later = follower("later");
		after.answered(CacheBench.answer("new"));
		this.bench.tasks().doAll();
		assertThat(hit(later).answer().text()).isEqualTo("new");
		assertThat(hit(this.bench.turn("last")).kind()).isEqualTo(CacheHit.HitKind.EXACT);
	}

	@Test
	void removalOfAnotherEntryForgetsNobodyWhoAsks() {
		lead();
		this.bench.cache.evict(CacheEviction.entry("00112233445566778899aabbccddeeff"));
		CacheTurn one = follower("one");
		this.leader.answered(CacheBench.answer("A store."));
		this.bench.tasks().doAll();
		assertThat(hit(one).kind()).isEqualTo(CacheHit.HitKind.SHARED);
		assertThat(this.bench.counters().storedAnswers()).isOne();
	}

	@Test
	void removalBetweenTwoAttemptsBeginsThemAgain() {
		lead();
		CacheTurn one = follower("one");
		CacheTurn two = follower("two");
		this.leader.failed(AWAY);
		assertThat(one.next()).isEqualTo(ASK);
		this.bench.cache.evict(CacheEviction.all());
		assertThat(two.next()).isEqualTo(ASK);
	}

	@Test
	void leaderThatGoesAwayDuringItsStepHoldsNobodyUp() {
		this.bench.store.afterFind.add(() -> {
		});
		this.bench.store.afterFind.add(this.leader::unanswered);
		lead();
		CacheTurn next = this.bench.turn("next");
		assertThat(next.next()).isEqualTo(ASK);
		assertThat(this.bench.cache.exact().flights().size()).isOne();
		next.unanswered();
		assertThat(this.bench.cache.exact().flights().size()).isZero();
	}

	@Test
	void answerThatWasStoredWhileTheLeadWasTakenIsServed() {
		this.bench.store.afterFind.add(() -> this.bench.stored("just now"));
		CacheTurn turn = this.bench.turn("one");
		assertThat(hit(turn).kind()).isEqualTo(CacheHit.HitKind.EXACT);
		assertThat(this.bench.cache.exact().flights().size()).isZero();
	}

	@Test
	void storeThatFailsWhileALeaderAsksLetsItsFollowersGoOn() {
		lead();
		CacheTurn one = follower("one");
		this.bench.store.failure = new CacheStoreException(StoreReason.UNAVAILABLE, "no route", null);
		assertThat(this.bench.turn("two").next()).isEqualTo(ASK);
		this.leader.answered(CacheBench.answer("A store."));
		this.bench.tasks().doAll();
		assertThat(hit(one).kind()).isEqualTo(CacheHit.HitKind.SHARED);
		assertThat(this.bench.counters().refusals(Refusal.STORE)).isOne();
	}

	@Test
	void onlyTheFirstEndOfATurnCounts() {
		lead();
		CacheTurn one = follower("one");
		this.leader.failed(AWAY);
		this.leader.answered(CacheBench.answer("late"));
		this.leader.refused(Refusal.SCHEMA);
		assertThat(this.bench.tasks().doAll()).isZero();
		assertThat(this.bench.counters().refusals(Refusal.SCHEMA)).isZero();
		assertThat(one.next()).isEqualTo(ASK);
	}

	@Test
	void refreshIsFollowedOnceTheStaleAnswerIsGone() {
		CachePolicy policy = CacheBench.fresh(new Freshness(CacheBench.TTL, 0, CacheBench.TTL));
		CacheTurn stale = this.bench.stored(CacheBench.request("one"), policy, "old");
		this.bench.time.advance(CacheBench.TTL);
		CacheTurn again = this.bench.cache.refresh(CacheBench.request("again"), policy, stale);
		assertThat(again).isNotNull();
		this.bench.time.advance(CacheBench.TTL);
		CacheTurn late = this.bench.turn(CacheBench.request("late"), policy);
		assertThat(awaits(late).until()).isNotDone();
		again.answered(CacheBench.answer("new"));
		assertThat(hit(late).answer().text()).isEqualTo("new");
	}

}
