package io.github.costwise.background;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import io.github.costwise.faults.Faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Background}.
 */
@Timeout(30)
@Tag("unit")
class BackgroundTests {

	private final Faults faults = new Faults();

	private final Background background = new Background(this.faults);

	private final ThreadLocal<String> turn = new ThreadLocal<>();

	private final Background remembering = new Background(this.faults, false, this::remember);

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

	@Test
	void whateverIsHandedOverKeepsWhatItIsFor() throws Exception {
		List<String> seen = new CopyOnWriteArrayList<>();
		Team team = this.remembering.team("walk", Faults.Kind.CACHE);
		ThreadPoolExecutor pool = team.pool(1, 10);
		Worker worker = team.worker(this.remembering.timers());
		for (String turn : new String[] { "one", "two" }) {
			this.turn.set(turn);
			team.start(() -> seen.add("thread " + this.turn.get())).join();
			pool.submit(() -> seen.add("pool " + this.turn.get())).get();
			later(worker, () -> note(seen, "later"));
		}
		this.turn.remove();
		pool.submit(() -> seen.add("pool " + this.turn.get())).get();
		later(worker, () -> note(seen, "later"));
		assertThat(seen).containsExactly("thread one", "pool one", "later one", "thread two", "pool two", "later two",
				"pool null", "later null");
		pool.shutdown();
		worker.close();
	}

	@Test
	void whatGoesOnAndOnIsForNobody() throws Exception {
		BlockingQueue<String> seen = new LinkedBlockingQueue<>();
		Team team = this.remembering.team("walk", Faults.Kind.CACHE);
		Worker worker = team.worker(this.remembering.timers());
		ThreadPoolExecutor loops = team.loops(1, 10);
		this.turn.set("one");
		Thread thread = team.newThread(() -> seen.add("thread " + this.turn.get()));
		thread.start();
		thread.join();
		loops.submit(() -> seen.add("loop " + this.turn.get())).get();
		worker.runEvery(() -> seen.add("again " + this.turn.get()), Duration.ofMillis(1), Duration.ofMillis(1));
		assertThat(seen.take()).isEqualTo("thread null");
		assertThat(seen.take()).isEqualTo("loop null");
		assertThat(seen.take()).isEqualTo("again null");
		assertThat(seen.take()).isEqualTo("again null");
		worker.close();
		loops.shutdown();
	}

	@Test
	void tasksThatNeverRanAreGivenBackAsTheyWere() {
		CountDownLatch end = new CountDownLatch(1);
		ThreadPoolExecutor pool = this.remembering.team("walk", Faults.Kind.CACHE).pool(1, 10);
		Runnable task = () -> {
		};
		this.turn.set("one");
		pool.execute(() -> await(end));
		pool.execute(task);
		assertThat(pool.shutdownNow()).containsExactly(task);
		end.countDown();
	}

	private static void later(Worker worker, Runnable task) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		worker.runAfter(() -> {
			task.run();
			done.countDown();
		}, Duration.ofMillis(1));
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
	}

	private void note(List<String> seen, String where) {
		seen.add(where + " " + this.turn.get());
	}

	private Runnable remember(Runnable task) {
		String known = this.turn.get();
		return (known == null) ? task : () -> {
			this.turn.set(known);
			try {
				task.run();
			}
			finally {
				this.turn.remove();
			}
		};
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
