package io.github.costwise.cache.response;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.answer.Recording;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;

import static io.github.costwise.cache.response.CacheBench.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a turn is notified while another instance asks the same.
 */
@Tag("unit")
class CacheTurnLockTests {

	private static final CacheStep ASK = CacheStep.AskModel.INSTANCE;

	private static final CacheStoreException DOWN = new CacheStoreException(StoreReason.TIMEOUT, "no answer", null);

	private final CacheBench bench = CacheBench.shared();

	private final BenchStore.Shared store = (BenchStore.Shared) this.bench.store;

	private final CacheTurn turn = this.bench.turn("here");

	@AfterEach
	void close() {
		this.bench.close();
	}

	private CacheStep.AwaitLeader awaits() {
		CacheStep step = this.turn.next();
		assertThat(step).isInstanceOf(CacheStep.AwaitLeader.class);
		return (CacheStep.AwaitLeader) step;
	}

	/** Finds the id of the question, and lets another instance lock it. */
	private String lockedElsewhere() {
		CacheTurn seen = this.bench.turn("seen");
		assertThat(seen.next()).isEqualTo(ASK);
		String id = this.store.locks.keySet().iterator().next();
		seen.unanswered();
		this.bench.tasks().doAll();
		assertThat(this.store.locks).isEmpty();
		this.store.locks.put(id, "elsewhere");
		return id;
	}

	private void pass(long millis) {
		this.bench.time.advance(Duration.ofMillis(millis));
		this.bench.tasks().doAll();
	}

	@Test
	void waitsForTheOtherInstanceLookingLessAndLessOften() {
		String id = lockedElsewhere();
		CacheStep.AwaitLeader wait = awaits();
		assertThat(wait.atMost()).isEqualTo(PATIENCE);
		for (long millis : new long[] { 20, 40, 80, 160, 320, 500, 500 }) {
			pass(millis - 1);
			assertThat(this.bench.tasks().waiting()).isZero();
			this.bench.time.advance(Duration.ofMillis(1));
			assertThat(this.bench.tasks().doAll()).isOne();
			assertThat(wait.until()).isNotDone();
		}
		this.store.locks.remove(id);
		pass(500);
		assertThat(wait.until()).isDone();
		assertThat(this.bench.time.waiting()).isZero();
		assertThat(this.turn.next()).isEqualTo(ASK);
		assertThat(this.store.locks).containsEntry(id, "here");
	}

	@Test
	void answerOfTheOtherInstanceIsServed() {
		String id = lockedElsewhere();
		awaits();
		CacheTurn behind = this.bench.turn("behind");
		CacheStep waiting = behind.next();
		assertThat(waiting).isInstanceOf(CacheStep.AwaitLeader.class);
		this.store.locks.remove(id);
		this.bench.stored(CacheBench.nested(CacheBench.request("elsewhere")), CacheBench.POLICY, "from elsewhere");
		pass(20);
		assertThat(this.turn.next()).isInstanceOfSatisfying(CacheStep.ServeHit.class,
				(served) -> assertThat(served.hit().kind()).isEqualTo(CacheHit.HitKind.EXACT));
		assertThat(((CacheStep.AwaitLeader) waiting).until()).isDone();
		assertThat(behind.next()).isInstanceOfSatisfying(CacheStep.ServeHit.class,
				(served) -> assertThat(served.hit().kind()).isEqualTo(CacheHit.HitKind.SHARED));
		assertThat(this.bench.cache.exact().flights().size()).isZero();
	}

	@Test
	void asksWhenItsPatienceEnds() {
		String id = lockedElsewhere();
		CacheStep.AwaitLeader wait = awaits();
		pass(PATIENCE.toMillis());
		assertThat(wait.until()).isDone();
		assertThat(this.turn.next()).isEqualTo(ASK);
		this.turn.answered(CacheBench.answer("A store."));
		this.bench.tasks().doAll();
		assertThat(this.store.locks).containsEntry(id, "elsewhere");
		assertThat(this.bench.counters().storedAnswers()).isOne();
	}

	@Test
	void followersHereFollowTheOneThatWaitsForTheOtherInstance() {
		lockedElsewhere();
		awaits();
		CacheTurn follower = this.bench.turn("follower");
		CacheStep step = follower.next();
		this.turn.unanswered();
		assertThat(((CacheStep.AwaitLeader) step).until()).isDone();
		assertThat(follower.next()).isInstanceOf(CacheStep.AwaitLeader.class);
	}

	@Test
	void asksWhereTheLockCannotBeTaken() {
		this.store.lockFailure = DOWN;
		assertThat(this.turn.next()).isEqualTo(ASK);
		assertThat(this.turn.isBypassed()).isFalse();
		assertThat(this.bench.faulty()).isOne();
		this.store.lockFailure = null;
		this.turn.answered(CacheBench.answer("A store."));
		this.bench.tasks().doAll();
		assertThat(this.bench.counters().storedAnswers()).isOne();
	}

	@Test
	void triesAgainWhereNobodyCanTellWhetherTheLockIsTaken() {
		lockedElsewhere();
		CacheStep.AwaitLeader wait = awaits();
		this.store.lockFailure = DOWN;
		pass(20);
		assertThat(wait.until()).isDone();
		assertThat(this.bench.faulty()).isOne();
		assertThat(this.turn.next()).isEqualTo(ASK);
	}

	@Test
	void waitsForNobodyOnceTheCacheIsClosed() {
		lockedElsewhere();
		this.bench.tasks().close();
		assertThat(awaits().until()).isDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "answered", "private", "refused", "failed", "gone", "stopped" })
	void lockIsFreeAgainHoweverTheTurnEnds(String end) {
		assertThat(this.turn.next()).isEqualTo(ASK);
		assertThat(this.store.locks).containsValue("here");
		switch (end) {
			case "answered" -> this.turn.answered(CacheBench.answer("A store."));
			case "private" -> this.turn.answered(CacheBench.answer(Recording.NONE));
			case "refused" -> this.turn.refused(Refusal.SCHEMA);
			case "failed" -> this.turn.failed(new IllegalStateException());
			case "gone" -> this.turn.unanswered();
			default -> {
				this.turn.stopWaiting();
				this.turn.unanswered();
			}
		}
		this.bench.tasks().doAll();
		assertThat(this.store.locks).isEmpty();
	}

	@Test
	void turnThatGoesAwayWhileTheLockIsTakenKeepsItNot() {
		this.store.afterFind.add(() -> {
		});
		this.store.afterFind.add(this.turn::unanswered);
		assertThat(this.turn.next()).isEqualTo(ASK);
		this.bench.tasks().doAll();
		assertThat(this.store.locks).isEmpty();
	}

}
