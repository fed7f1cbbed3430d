package io.github.costwise.background;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.costwise.faults.Faults;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Worker}. */
@Timeout(60)
@Tag("unit")
class WorkerTests {

	private final Faults faults = new Faults();

	private final FakeTime time = new FakeTime();

	private final Worker worker = new Background(this.faults).team("test", Faults.Kind.CACHE).worker(this.time);

	private final List<String> done = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.worker.close();
	}

	@Test
	void tasksAreDoneOneAfterAnother() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		this.worker.run(() -> {
			await(go);
			this.done.add("first");
		});
		this.worker.run(() -> this.done.add("second"));
		go.countDown();
		Eventually.holds(() -> this.done.size() == 2);
		assertThat(this.done).containsExactly("first", "second");
	}

	@Test
	void taskThatFindsNoRoomWhenItsTimeComesIsTriedAgain() {
		CountDownLatch go = new CountDownLatch(1);
		while (this.worker.run(() -> await(go))) {
			assertThat(this.done).isEmpty();
		}
		this.worker.runEvery(() -> this.done.add("again"), Duration.ofSeconds(5), Duration.ofSeconds(5));
		this.time.advance(Duration.ofSeconds(5));
		go.countDown();
		Eventually.holds(() -> {
			this.time.advance(Duration.ofSeconds(1));
			return this.done.size() > 1;
		});
	}

	@Test
	void taskThatIsForLaterIsDoneThen() {
		assertThat(this.worker.runAfter(() -> this.done.add("later"), Duration.ofMinutes(1))).isTrue();
		this.time.advance(Duration.ofSeconds(59));
		assertThat(this.time.waiting()).isOne();
		this.time.advance(Duration.ofSeconds(1));
		Eventually.holds(() -> !this.done.isEmpty());
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void pauseBeginsWhenWhatIsRepeatedIsDone() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		this.worker.runEvery(() -> {
			this.done.add("again");
			await(go);
		}, Duration.ZERO, Duration.ofMinutes(1));
		this.time.advance(Duration.ZERO);
		Eventually.holds(() -> this.done.size() == 1);
		this.time.advance(Duration.ofHours(1));
		assertThat(this.time.waiting()).isZero();
		go.countDown();
		this.time.awaitWaiting(1);
		this.time.advance(Duration.ofMinutes(1));
		Eventually.holds(() -> this.done.size() == 2);
	}

	@Test
	void whatATaskThrowsIsReportedAndItIsRepeated() throws Exception {
		this.worker.runEvery(() -> {
			this.done.add("again");
			throw new NoClassDefFoundError("test");
		}, Duration.ofSeconds(1), Duration.ofSeconds(1));
		for (int i = 1; i <= 3; i++) {
			int times = i;
			this.time.awaitWaiting(1);
			this.time.advance(Duration.ofSeconds(1));
			Eventually.holds(() -> this.done.size() == times);
		}
		Eventually.holds(() -> this.faults.count(Faults.Kind.CACHE) == 3);
	}

	@Test
	void nothingIsDoneAfterTheEnd() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		this.worker.run(() -> {
			begun.countDown();
			interrupted.set(!await(new CountDownLatch(1)));
		});
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		this.worker.run(() -> this.done.add("waits"));
		this.worker.runAfter(() -> this.done.add("later"), Duration.ofSeconds(1));
		this.worker.runEvery(() -> this.done.add("again"), Duration.ofSeconds(1), Duration.ofSeconds(1));
		this.worker.close();
		assertThat(this.time.waiting()).isZero();
		assertThat(this.worker.run(() -> this.done.add("refused"))).isFalse();
		assertThat(this.worker.runAfter(() -> this.done.add("refused"), Duration.ofSeconds(1))).isFalse();
		assertThat(this.time.waiting()).isZero();
		Eventually.holds(interrupted::get);
		assertThat(this.done).isEmpty();
	}

	private static boolean await(CountDownLatch latch) {
		try {
			latch.await();
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

}
