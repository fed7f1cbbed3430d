package io.github.costwise.background;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import io.github.costwise.Faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Background}.
 */
@Timeout(30)
class BackgroundTests {

	private final Faults faults = new Faults();

	private final Background background = new Background(this.faults);

	@Test
	void threadsAreNamedDaemons() throws InterruptedException {
		AtomicReference<Thread> seen = new AtomicReference<>();
		Team team = this.background.team("walk", Faults.Kind.CACHE);
		team.start(() -> seen.set(Thread.currentThread())).join();
		assertThat(seen.get().getName()).isEqualTo("costwise-walk-1");
		assertThat(seen.get().isDaemon()).isTrue();
	}

	@Test
	void whateverIsThrownIsReported() throws Exception {
		Team team = this.background.team("walk", Faults.Kind.ENCODER);
		team.start(() -> {
			throw new NoClassDefFoundError("x");
		}).join();
		assertThat(this.faults.last(Faults.Kind.ENCODER)).isEqualTo(NoClassDefFoundError.class.getName());
		ThreadPoolExecutor pool = team.pool(1, 10);
		pool.execute(() -> {
			throw new StackOverflowError();
		});
		CountDownLatch next = new CountDownLatch(1);
		pool.execute(next::countDown);
		assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
		pool.shutdown();
		assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.faults.count(Faults.Kind.ENCODER)).isEqualTo(2);
	}

	@Test
	void poolsAreBounded() throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(2);
		CountDownLatch end = new CountDownLatch(1);
		Team team = this.background.team("work", Faults.Kind.CACHE);
		ThreadPoolExecutor pool = team.pool(2, 3);
		Runnable task = () -> {
			busy.countDown();
			await(end);
		};
		for (int i = 0; i < 5; i++) {
			pool.execute(task);
		}
		assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(task));
		assertThat(this.background.states()).containsExactly(new TeamState("costwise-work", 2, 3));
		end.countDown();
		pool.shutdown();
		assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void withoutRoomATaskThatFindsNoThreadIsRefused() {
		CountDownLatch end = new CountDownLatch(1);
		ThreadPoolExecutor pool = this.background.team("work", Faults.Kind.CACHE).pool(1, 0);
		pool.execute(() -> await(end));
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(() -> {
		}));
		end.countDown();
		pool.shutdown();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void threadsAreVirtualWhereAskedFor() throws Exception {
		AtomicReference<Thread> seen = new AtomicReference<>();
		Background virtual = new Background(this.faults, true);
		Team team = virtual.team("walk", Faults.Kind.CACHE);
		team.start(() -> seen.set(Thread.currentThread())).join();
		assertThat(Thread.class.getMethod("isVirtual").invoke(seen.get())).isEqualTo(true);
		assertThat(seen.get().getName()).startsWith("costwise-walk-");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
