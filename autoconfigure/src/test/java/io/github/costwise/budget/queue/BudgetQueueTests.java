package io.github.costwise.budget.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BudgetQueue}.
 */
@Tag("unit")
class BudgetQueueTests {

	private static final BudgetAccount ALL = new BudgetAccount("all", "");

	private static final BudgetAccount ANN = new BudgetAccount("user", "ann");

	private final FakeTime time = new FakeTime();

	private final BudgetQueue queue = new BudgetQueue(3, Duration.ofSeconds(10), this.time.time());

	private Waiter join(BudgetAccount account) {
		return this.queue.join(account, new WaitTerms("t", QueuePriority.NORMAL, 1, Duration.ofSeconds(30)));
	}

	@Test
	void firstTriesAtOnceAndTheNextWhenItIsServed() {
		Waiter first = join(ALL);
		Waiter second = join(ALL);
		assertThat(first.turn()).isDone();
		assertThat(second.turn()).isNotDone();
		first.served();
		assertThat(second.turn()).isDone();
		second.served();
		assertThat(this.queue.isBusy(ALL)).isFalse();
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void whoFindsNoRoomTriesAgainWhenThereMayBeSome() {
		Waiter first = join(ALL);
		Waiter second = join(ALL);
		first.again();
		assertThat(first.turn()).isDone();
		first.again();
		assertThat(first.turn()).isNotDone();
		this.queue.wake(List.of(ANN));
		assertThat(first.turn()).isNotDone();
		this.queue.wake(List.of(ALL));
		assertThat(first.turn()).isDone();
		assertThat(second.turn()).isNotDone();
	}

	/** Room that comes free while somebody tries must not be missed. */
	@Test
	void wakingWhileSomebodyTriesLetsHimTryAgain() {
		Waiter first = join(ALL);
		first.again();
		assertThat(first.turn()).isNotDone();
		this.queue.wake(List.of(ALL));
		this.queue.wake(List.of(ALL));
		first.again();
		assertThat(first.turn()).isDone();
	}

	@Test
	void othersAreAskedAgainEveryQuarterOfASecond() {
		Waiter first = join(ALL);
		first.again();
		this.time.advance(Duration.ofMillis(249));
		assertThat(first.turn()).isNotDone();
		this.time.advance(Duration.ofMillis(1));
		assertThat(first.turn()).isDone();
	}

	@Test
	void whoLeavesPassesTheTurnOn() {
		Waiter first = join(ALL);
		Waiter second = join(ALL);
		Waiter third = join(ALL);
		second.leave();
		first.leave();
		assertThat(third.turn()).isDone();
		third.leave();
		third.leave();
		assertThat(this.queue.waiting("all")).isZero();
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void noMoreWaitThanMay() {
		join(ALL);
		join(ANN);
		Waiter third = join(ALL);
		assertThat(join(ANN)).isNull();
		third.leave();
		assertThat(join(ANN)).isNotNull();
		assertThat(this.queue.waiting(ALL)).isOne();
		assertThat(this.queue.waiting("user")).isEqualTo(2);
	}

	@Test
	void timeThatIsLeftEnds() {
		Waiter first = join(ALL);
		this.time.advance(Duration.ofSeconds(29));
		assertThat(first.left()).isEqualTo(Duration.ofSeconds(1));
		this.time.advance(Duration.ofSeconds(5));
		assertThat(first.left()).isZero();
	}

	/** Room for two at a time, callers that give up now and then: all others pass. */
	@Test
	void nobodyIsForgottenWhateverTheOrderOfThings() throws Exception {
		BudgetQueue wide = new BudgetQueue(1_000, Duration.ofSeconds(10), this.time.time());
		Semaphore room = new Semaphore(2);
		AtomicInteger passed = new AtomicInteger();
		ExecutorService executor = Executors.newFixedThreadPool(16);
		try {
			List<Future<?>> callers = new ArrayList<>();
			for (int caller = 0; caller < 16; caller++) {
				int seed = caller;
				callers.add(executor.submit(() -> {
					Random random = new Random(seed);
					for (int i = 0; i < 200; i++) {
						pass(wide, room, random.nextInt(10) == 0);
						passed.incrementAndGet();
					}
					return null;
				}));
			}
			for (Future<?> caller : callers) {
				caller.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(passed).hasValue(3_200);
		assertThat(room.availablePermits()).isEqualTo(2);
		assertThat(wide.waiting("all")).isZero();
	}

	private static void pass(BudgetQueue wide, Semaphore room, boolean leaves) throws Exception {
		Waiter waiter = wide.join(ALL, new WaitTerms("t", QueuePriority.NORMAL, 1, Duration.ofSeconds(30)));
		while (true) {
			if (leaves) {
				waiter.leave();
				return;
			}
			waiter.turn().get();
			if (room.tryAcquire()) {
				waiter.served();
				room.release();
				wide.wake(List.of(ALL));
				return;
			}
			waiter.again();
		}
	}

}
