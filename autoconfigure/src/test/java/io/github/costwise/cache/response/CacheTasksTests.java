package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.FakeTime;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CacheTasks}.
 */
@Timeout(60)
@Tag("thorough")
class CacheTasksTests {

	private final Faults faults = new Faults();

	private final FakeTime time = new FakeTime();

	private final CacheTasks tasks = new CacheTasks(new Background(this.faults), this.time.time());

	private final AtomicInteger ran = new AtomicInteger();

	@AfterEach
	void close() {
		this.tasks.close();
	}

	@Test
	void everyTaskRunsOnceHoweverManyAddThem() throws Exception {
		int callers = 8;
		int each = 5_000;
		AtomicInteger taken = new AtomicInteger();
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		CountDownLatch done = new CountDownLatch(callers);
		for (int caller = 0; caller < callers; caller++) {
			executor.execute(() -> {
				for (int i = 0; i < each; i++) {
					taken.addAndGet(this.tasks.run(this.ran::incrementAndGet) ? 1 : 0);
				}
				done.countDown();
			});
		}
		done.await();
		executor.shutdown();
		await(taken.get());
		assertThat(taken).hasValueGreaterThanOrEqualTo(10_000);
	}

	@Test
	void anErrorEndsNeitherTheThreadsNorWhatRunsAgainAndAgain() {
		AtomicInteger thrown = new AtomicInteger();
		this.tasks.runEvery(Duration.ofMinutes(1), () -> {
			thrown.incrementAndGet();
			throw new NoClassDefFoundError("test");
		});
		this.time.advance(Duration.ofMinutes(3));
		Eventually.holds(() -> thrown.get() == 3);
		assertThat(this.tasks.run(this.ran::incrementAndGet)).isTrue();
		await(1);
		assertThat(this.faults.count(Faults.Kind.CACHE)).isPositive();
		assertThat(this.faults.last(Faults.Kind.CACHE)).isEqualTo(NoClassDefFoundError.class.getName());
	}

	@Test
	void aTaskKeepsWhatItIsForAndTheThreadForgetsIt() throws Exception {
		ThreadLocal<String> turn = new ThreadLocal<>();
		UnaryOperator<Runnable> keeping = (task) -> {
			String known = turn.get();
			return (known == null) ? task : () -> {
				turn.set(known);
				task.run();
				turn.remove();
			};
		};
		BlockingQueue<String> seen = new LinkedBlockingQueue<>();
		try (CacheTasks own = new CacheTasks(new Background(this.faults, false, keeping), TestTimes.real())) {
			for (String name : new String[] { "one", "two" }) {
				turn.set(name);
				own.run(() -> seen.add("soon " + turn.get()));
				assertThat(seen.take()).isEqualTo("soon " + name);
				own.runAfter(1, () -> seen.add("later " + turn.get()));
				assertThat(seen.take()).isEqualTo("later " + name);
				turn.remove();
				own.run(() -> seen.add("soon " + turn.get()));
				assertThat(seen.take()).isEqualTo("soon null");
			}
		}
	}

	@Test
	void aTaskThatComesAloneRuns() {
		for (int i = 1; i <= 300; i++) {
			assertThat(this.tasks.run(this.ran::incrementAndGet)).isTrue();
			await(i);
		}
	}

	@Test
	void tasksThatWaitForEachOtherRunAtTheSameTime() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(3);
		for (int i = 0; i < 200; i++) {
			this.tasks.run(() -> meet(barrier));
			this.tasks.run(() -> meet(barrier));
			barrier.await(30, TimeUnit.SECONDS);
		}
		assertThat(this.faults.count(Faults.Kind.CACHE)).isZero();
	}

	private static void meet(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aTaskThatHangsHoldsNoOtherUp() {
		CountDownLatch end = new CountDownLatch(1);
		this.tasks.run(() -> await(end));
		for (int i = 1; i <= 100; i++) {
			this.tasks.run(this.ran::incrementAndGet);
			await(i);
		}
		end.countDown();
	}

	@Test
	void refusesMoreThanMayWait() {
		CountDownLatch end = new CountDownLatch(1);
		CountDownLatch begun = new CountDownLatch(2);
		for (int i = 0; i < 2; i++) {
			this.tasks.run(() -> {
				begun.countDown();
				await(end);
			});
		}
		await(begun);
		for (int i = 0; i < 10_000; i++) {
			assertThat(this.tasks.run(this.ran::incrementAndGet)).isTrue();
		}
		assertThat(this.tasks.run(this.ran::incrementAndGet)).isFalse();
		end.countDown();
		await(10_000);
		assertThat(this.tasks.run(this.ran::incrementAndGet)).isTrue();
	}

	@Test
	void reportsWhatATaskThrowsAndGoesOn() {
		this.tasks.run(() -> {
			throw new IllegalStateException("a fault");
		});
		this.tasks.run(this.ran::incrementAndGet);
		await(1);
		Eventually.holds(() -> this.faults.count(Faults.Kind.CACHE) != 0);
	}

	@Test
	void closingRunsWhatWaitsAndRefusesMore() {
		CountDownLatch begun = new CountDownLatch(1);
		this.tasks.run(begun::countDown);
		await(begun);
		for (int i = 0; i < 1_000; i++) {
			this.tasks.run(this.ran::incrementAndGet);
		}
		this.tasks.close();
		assertThat(this.ran).hasValue(1_000);
		assertThat(this.tasks.run(this.ran::incrementAndGet)).isFalse();
		assertThat(this.tasks.runAfter(1, this.ran::incrementAndGet)).isFalse();
		assertThat(this.tasks.isClosed()).isTrue();
	}

	@Test
	void runsLaterAndAgain() {
		assertThat(this.tasks.runAfter(20, this.ran::incrementAndGet)).isTrue();
		this.time.advance(Duration.ofMillis(19));
		assertThat(this.ran).hasValue(0);
		this.time.advance(Duration.ofMillis(1));
		await(1);
		this.tasks.runEvery(Duration.ofMinutes(1), this.ran::incrementAndGet);
		this.time.advance(Duration.ofMinutes(3));
		await(4);
		this.tasks.close();
		this.time.advance(Duration.ofMinutes(3));
		assertThat(this.ran).hasValue(4);
		assertThat(this.time.waiting()).isZero();
	}

	private void await(int count) {
		Eventually.holds(() -> this.ran.get() >= count);
		assertThat(this.ran).hasValue(count);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
