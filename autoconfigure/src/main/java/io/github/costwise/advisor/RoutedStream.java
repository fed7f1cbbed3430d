package io.github.costwise.advisor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClientResponse;

import io.github.costwise.pipeline.CallAttempts;
import io.github.costwise.pipeline.CallMeter;

/**
 * The attempts of one streamed call. Nothing of an attempt that failed is passed on, and
 * nothing else is tried once content was. The time an attempt may take bounds the wait
 * for its content, since an answer that flows has nothing to take over from it; the
 * deadline of the turn bounds all of it.
 */
final class RoutedStream {

	private final CallAttempts attempts;

	private final Function<Consumer<CallMeter>, Flux<ChatClientResponse>> sender;

	/**
	 * Creates an instance.
	 * @param attempts the attempts, of which the first is due
	 * @param sender sends the attempt that is due, and says by which meter before it does
	 */
	RoutedStream(CallAttempts attempts, Function<Consumer<CallMeter>, Flux<ChatClientResponse>> sender) {
		this.attempts = attempts;
		this.sender = sender;
	}

	/** Some clients block where they are subscribed to. */
	static <T> Flux<T> offEventLoops(Flux<T> flux) {
		return Flux
			.defer(() -> Schedulers.isInNonBlockingThread() ? flux.subscribeOn(Schedulers.boundedElastic()) : flux);
	}

	Flux<ChatClientResponse> answer() {
		HeldChunks held = new HeldChunks();
		return inTime(held).concatMapIterable(held::pass)
			.concatWith(Flux.defer(() -> Flux.fromIterable(held.rest())))
			.doOnComplete(this.attempts::succeeded)
			.doOnCancel(this.attempts::cancelled)
			.onErrorResume((error) -> next(held, error));
	}

	private Flux<ChatClientResponse> next(HeldChunks held, Throwable error) {
		if (held.begun()) {
			this.attempts.brokeOff(error);
			return Flux.error(error);
		}
		Duration delay = this.attempts.failed(error);
		if (delay == null) {
			return Flux.error(this.attempts.failure(error));
		}
		Flux<ChatClientResponse> next = Flux.defer(this::answer);
		return delay.isZero() ? next : Mono.delay(delay).doOnCancel(this.attempts::cancelled).thenMany(next);
	}

	/**
	 * An error as the signal to stop would not cancel what it stops, hence the flag.
	 */
	private Flux<ChatClientResponse> inTime(HeldChunks held) {
		AtomicReference<@Nullable CallMeter> meter = new AtomicReference<>();
		Flux<ChatClientResponse> sent = offEventLoops(Flux.defer(() -> this.sender.apply(meter::set)));
		Mono<Long> timeUp = timeUp(held);
		if (timeUp == null) {
			return sent;
		}
		AtomicBoolean late = new AtomicBoolean();
		return sent.takeUntilOther(timeUp.doOnNext((tick) -> {
			late.set(true);
			overdue(meter.get());
		})).concatWith(Mono.defer(() -> late.get() ? Mono.error(this.attempts.late()) : Mono.empty()));
	}

	private static void overdue(@Nullable CallMeter meter) {
		if (meter != null) {
			meter.overdue();
		}
	}

	private @Nullable Mono<Long> timeUp(HeldChunks held) {
		Duration left = this.attempts.turnLeft();
		Duration attempt = this.attempts.attemptTimeout();
		Mono<Long> turn = (left != null) ? Mono.delay(left) : null;
		if (attempt == null) {
			return turn;
		}
		Mono<Long> content = Mono.delay(attempt).flatMap((tick) -> held.expire() ? Mono.just(tick) : Mono.never());
		return (turn != null) ? Mono.firstWithSignal(content, turn) : content;
	}

}
