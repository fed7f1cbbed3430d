package io.github.costwise.advisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Waits}. */
@Tag("unit")
class WaitsTests {

	private final FakeTime time = new FakeTime();

	private final Waits waits = new Waits(this.time, Schedulers.immediate());

	private final List<Object> seen = new CopyOnWriteArrayList<>();

	@Test
	void timeRunsFromEachSubscriptionOn() {
		Mono<Boolean> wait = this.waits.after(Duration.ofSeconds(2));
		this.time.advance(Duration.ofSeconds(5));
		wait.subscribe(this.seen::add);
		this.time.advance(Duration.ofSeconds(1));
		wait.subscribe(this.seen::add);
		assertThat(this.seen).isEmpty();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.seen).hasSize(1);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.seen).hasSize(2);
	}

	@Test
	void cancelledWaitIsForgotten() {
		Disposable wait = this.waits.after(Duration.ofSeconds(2)).subscribe(this.seen::add);
		assertThat(this.time.waiting()).isOne();
		wait.dispose();
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void boundsWhatTakesTooLongAndIsForgottenWhenThatCame() {
		Mono.never().timeout(this.waits.after(Duration.ofSeconds(2)), Mono.just("late")).subscribe(this.seen::add);
		Mono.just("quick")
			.timeout(this.waits.after(Duration.ofSeconds(2)), Mono.just("late"))
			.subscribe(this.seen::add);
		assertThat(this.seen).containsExactly("quick");
		assertThat(this.time.waiting()).isOne();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.seen).containsExactly("quick", "late");
	}

	@Test
	void whatComesAfterDoesNotKeepTheTimers() {
		String thread = new Waits(new Background(new Faults()).timers()).after(Duration.ofMillis(1))
			.map((up) -> Thread.currentThread().getName())
			.block(Duration.ofSeconds(30));
		assertThat(thread).startsWith("parallel");
	}

}
