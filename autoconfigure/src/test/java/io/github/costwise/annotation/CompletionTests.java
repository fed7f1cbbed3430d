package io.github.costwise.annotation;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.faults.Faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Completion}.
 */
@Timeout(60)
@Tag("unit")
class CompletionTests {

	private final Team team = new Background(new Faults()).team("test", Faults.Kind.CACHE);

	private final AtomicInteger done = new AtomicInteger();

	private final CountDownLatch acted = new CountDownLatch(1);

	@Test
	void actsAtOnceWhereTheResultIsThere() {
		assertThat(after("saved", String.class)).isEqualTo("saved");
		assertThat(Completion.after(null, void.class, this.team, this.done::incrementAndGet)).isNull();
		assertThat(this.done).hasValue(2);
	}

	@Test
	void actsWhenAMonoCompletes() {
		assertThat(after(Mono.just(1), Mono.class).block()).isEqualTo(1);
		assertThat(after(Mono.empty(), Mono.class).block()).isNull();
		assertThat(this.done).hasValue(2);
		Mono<?> failing = after(Mono.error(new IllegalStateException("x")), Mono.class);
		assertThatIllegalStateException().isThrownBy(failing::block);
		assertThat(this.done).hasValue(2);
	}

	@Test
	void actsWhenAPublisherOfAnyLibraryCompletes() {
		Flux<?> flux = after(Flux.just(1, 2), Flux.class);
		assertThat(this.done).hasValue(0);
		assertThat(flux.collectList().block()).isEqualTo(List.of(1, 2));
		assertThat(this.done).hasValue(1);
		Publisher<?> plain = after((Publisher<Integer>) Flux.just(1, 2)::subscribe, Publisher.class);
		assertThat(this.done).hasValue(1);
		assertThat(Flux.from(plain).count().block()).isEqualTo(2);
		assertThat(this.done).hasValue(2);
		Flow.Publisher<?> flow = after(JdkFlowAdapter.publisherToFlowPublisher(Flux.just(1, 2)), Flow.Publisher.class);
		assertThat(this.done).hasValue(2);
		assertThat(JdkFlowAdapter.flowPublisherToFlux(flow).count().block()).isEqualTo(2);
		assertThat(this.done).hasValue(3);
	}

	@Test
	void actsBeforeAStageIsSeenToComplete() {
		CompletableFuture<String> saved = new CompletableFuture<>();
		CompletionStage<?> given = after(saved, CompletionStage.class);
		assertThat(this.done).hasValue(0);
		saved.complete("saved");
		assertThat(given.toCompletableFuture().join()).isEqualTo("saved");
		assertThat(this.done).hasValue(1);
		CompletableFuture<?> failed = after(CompletableFuture.failedFuture(new IllegalStateException("x")),
				CompletableFuture.class);
		assertThat(failed).isCompletedExceptionally();
		assertThat(this.done).hasValue(1);
	}

	@Test
	void cancellingWhatIsGivenCancelsWhatWasReturned() {
		CompletableFuture<String> saved = new CompletableFuture<>();
		after(saved, CompletableFuture.class).cancel(true);
		assertThat(saved).isCancelled();
		FutureTask<String> task = new FutureTask<>(() -> "saved");
		after(task, Future.class).cancel(true);
		assertThat(task).isCancelled();
		assertThat(this.done).hasValue(0);
	}

	@Test
	void actsBeforeAPlainFutureIsSeenToComplete() throws Exception {
		FutureTask<String> saved = new FutureTask<>(() -> "saved");
		Future<?> given = after(saved, Future.class);
		assertThat(this.done).hasValue(0);
		saved.run();
		assertThat(given.get()).isEqualTo("saved");
		assertThat(this.done).hasValue(1);
	}

	@Test
	void aPlainFutureThatFailsOrIsCancelledDoesNotAct() {
		FutureTask<String> failing = new FutureTask<>(() -> {
			throw new IllegalStateException("x");
		});
		Future<?> given = after(failing, Future.class);
		failing.run();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(given::get)
			.withCauseInstanceOf(IllegalStateException.class);
		FutureTask<String> cancelled = new FutureTask<>(() -> "saved");
		Future<?> other = after(cancelled, Future.class);
		cancelled.cancel(true);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(other::get);
		assertThat(after(cancelled, Future.class)).isSameAs(cancelled);
		assertThat(this.done).hasValue(0);
	}

	@Test
	void aTypeThatNothingElseIsOfIsGivenAsItWas() throws Exception {
		FutureTask<String> saved = new FutureTask<>(() -> "saved");
		assertThat(after(saved, FutureTask.class)).isSameAs(saved);
		saved.run();
		this.acted.await();
		assertThat(this.done).hasValue(1);
		assertThat(after(saved, FutureTask.class)).isSameAs(saved);
		assertThat(this.done).hasValue(2);
	}

	private <T> T after(@Nullable Object result, Class<T> expected) {
		return expected.cast(Completion.after(result, expected, this.team, () -> {
			this.done.incrementAndGet();
			this.acted.countDown();
		}));
	}

}
