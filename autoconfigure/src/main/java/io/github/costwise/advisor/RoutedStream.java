package io.github.costwise.advisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClientResponse;

import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.pipeline.CallAttempts;
import io.github.costwise.pipeline.CallMeter;
import io.github.costwise.time.Ticker;

/**
 * The attempts of one streamed call. Nothing of the answer of an attempt that failed is
 * passed on, and nothing else is tried once content was. The time an attempt may take
 * bounds its silence before its content, since an answer that flows has nothing to take
 * over from it; the deadline of the turn bounds all of it.
 */
final class RoutedStream {

	private final CallAttempts attempts;

	private final Function<Consumer<CallMeter>, Flux<ChatClientResponse>> sender;

	private final Ticker ticker;

	private final Waits waits;

	/**
	 * Creates an instance.
	 * @param attempts the attempts, of which the first is due
	 * @param sender sends the attempt that is due, and says by which meter before it does
	 */
	RoutedStream(CallAttempts attempts, Function<Consumer<CallMeter>, Flux<ChatClientResponse>> sender) {
		this.attempts = attempts;
		this.sender = sender;
		this.ticker = attempts.time().ticker();
		this.waits = new Waits(attempts.time().timers());
	}

	/** Some clients block where they are subscribed to. */
	static <T> Flux<T> offEventLoops(Flux<T> flux) {
		return Flux
			.defer(() -> Schedulers.isInNonBlockingThread() ? flux.subscribeOn(Schedulers.boundedElastic()) : flux);
	}

	Flux<ChatClientResponse> answer() {
		return answer(List.of());
	}

	private Flux<ChatClientResponse> answer(List<ChatClientResponse> useless) {
		AttemptProgress progress = new AttemptProgress(this.attempts.afterThoughts(), this.ticker.read());
		Sent sent = new Sent(new HeldChunks(progress, this.ticker), new AtomicReference<>(), new AtomicBoolean(),
				useless);
		return inTime(sent).concatMapIterable(sent.held()::pass)
			.doOnCancel(this.attempts::cancelled)
			.onErrorResume((error) -> failed(sent, error))
			.concatWith(Flux.defer(() -> sent.failed().get() ? Flux.empty() : ended(sent)));
	}

	/** The end of a stream is no answer yet: nothing may have come before it. */
	private Flux<ChatClientResponse> ended(Sent sent) {
		AnswerVerdict verdict = sent.verdict();
		AttemptProgress progress = sent.held().progress();
		List<ChatClientResponse> rest = sent.held().rest();
		if (progress.isBound()) {
			this.attempts.given(verdict);
			return Flux.fromIterable(rest);
		}
		Duration delay = this.attempts.answered(verdict);
		if (delay != null) {
			return next(progress, delay, rest);
		}
		RuntimeException failure = this.attempts.unanswered(verdict);
		return (failure != null) ? Flux.error(failure) : Flux.fromIterable(rest);
	}

	private Flux<ChatClientResponse> failed(Sent sent, Throwable error) {
		sent.failed().set(true);
		AttemptProgress progress = sent.held().progress();
		if (progress.isBound()) {
			this.attempts.brokeOff(error);
			return Flux.error(error);
		}
		Duration delay = this.attempts.failed(error);
		if (delay != null) {
			return next(progress, delay, sent.useless());
		}
		boolean unsent = !sent.useless().isEmpty() && this.attempts.wasUnsent(error);
		return unsent ? Flux.fromIterable(sent.useless()) : Flux.error(this.attempts.failure(error));
	}

	private Flux<ChatClientResponse> next(AttemptProgress progress, Duration delay, List<ChatClientResponse> useless) {
		if (progress.hasThought()) {
			this.attempts.mixed();
		}
		Flux<ChatClientResponse> next = Flux.defer(() -> answer(useless));
		return delay.isZero() ? next : this.waits.after(delay).doOnCancel(this.attempts::cancelled).thenMany(next);
	}

	/**
	 * An error as the signal to stop would not cancel what it stops, hence the flag.
	 */
	private Flux<ChatClientResponse> inTime(Sent attempt) {
		AtomicReference<@Nullable CallMeter> meter = attempt.meter();
		Flux<ChatClientResponse> sent = offEventLoops(Flux.defer(() -> this.sender.apply(meter::set)));
		Mono<Boolean> timeUp = timeUp(attempt.held().progress());
		if (timeUp == null) {
			return sent;
		}
		AtomicBoolean late = new AtomicBoolean();
		return sent.takeUntilOther(timeUp.doOnNext((tick) -> {
			late.set(true);
			overdue(meter.get());
		}))
			.onErrorMap((error) -> late.get() ? this.attempts.late() : error)
			.concatWith(Mono.defer(() -> late.get() ? Mono.error(this.attempts.late()) : Mono.empty()));
	}

	private static void overdue(@Nullable CallMeter meter) {
		if (meter != null) {
			meter.overdue();
		}
	}

	private @Nullable Mono<Boolean> timeUp(AttemptProgress progress) {
		Duration left = this.attempts.turnLeft();
		Duration attempt = this.attempts.attemptTimeout();
		Mono<Boolean> turn = (left != null) ? this.waits.after(left) : null;
		if (attempt == null) {
			return turn;
		}
		Mono<Boolean> silent = silence(progress, attempt.toNanos());
		return (turn != null) ? Mono.firstWithSignal(silent, turn) : silent;
	}

	/** Each thought gives the attempt its time anew. */
	private Mono<Boolean> silence(AttemptProgress progress, long limitNanos) {
		return Mono.defer(() -> this.waits.after(Duration.ofNanos(progress.leftNanos(limitNanos, this.ticker.read()))))
			.flatMap((tick) -> {
				if (progress.leftNanos(limitNanos, this.ticker.read()) > 0) {
					return silence(progress, limitNanos);
				}
				return progress.expire() ? Mono.just(tick) : Mono.never();
			});
	}

	/**
	 * One attempt under way.
	 *
	 * @param held what waits to be passed on
	 * @param meter its meter, once it is sent
	 * @param failed whether it failed, and so did not come to its end
	 * @param useless the answer of the attempt before, which holds nothing, if it came to
	 * one
	 */
	private record Sent(HeldChunks held, AtomicReference<@Nullable CallMeter> meter, AtomicBoolean failed,
			List<ChatClientResponse> useless) {

		AnswerVerdict verdict() {
			CallMeter known = this.meter.get();
			return (known != null) ? known.verdict() : AnswerVerdict.MALFORMED;
		}

	}

}
