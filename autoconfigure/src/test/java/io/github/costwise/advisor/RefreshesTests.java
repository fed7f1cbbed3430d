package io.github.costwise.advisor;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.testsupport.Eventually;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Refreshes}.
 */
@Timeout(60)
@Tag("unit")
class RefreshesTests {

	private final Faults faults = new Faults();

	private final Refreshes refreshes = new Refreshes(new Background(this.faults));

	@Test
	void anErrorIsCountedAndEndsNothing() throws Exception {
		for (int i = 1; i <= 10; i++) {
			CountDownLatch begun = new CountDownLatch(1);
			runOnceThereIsRoom(() -> {
				begun.countDown();
				throw new AssertionError("test");
			});
			assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		}
		this.refreshes.close();
		assertThat(this.faults.count(Faults.Kind.CACHE)).isBetween(1L, 10L);
		assertThat(this.faults.last(Faults.Kind.CACHE)).isEqualTo(AssertionError.class.getName());
	}

	/** What finds no thread is dropped, so that it is given again. */
	private void runOnceThereIsRoom(Runnable refresh) {
		AtomicBoolean taken = new AtomicBoolean();
		Eventually.holds(() -> {
			this.refreshes.run(() -> {
				if (taken.compareAndSet(false, true)) {
					refresh.run();
				}
			});
			return taken.get();
		});
	}

	@Test
	void closingWaitsForWhatIsInFlightAndTakesNoMore() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		AtomicBoolean booked = new AtomicBoolean();
		this.refreshes.run(() -> {
			begun.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				booked.set(true);
			}
		});
		begun.await();
		this.refreshes.close();
		assertThat(booked).as("ended before close returned").isTrue();
		AtomicBoolean late = new AtomicBoolean();
		this.refreshes.run(() -> late.set(true));
		this.refreshes.close();
		assertThat(late).isFalse();
		assertThat(this.faults.count(Faults.Kind.CACHE)).isZero();
	}

}
