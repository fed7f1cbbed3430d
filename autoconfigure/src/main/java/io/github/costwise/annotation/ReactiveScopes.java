package io.github.costwise.annotation;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.costwise.pipeline.CostScope;

/**
 * Lets a scope hold for a {@link Flux} or {@link Mono} that is subscribed to after the
 * scope has ended.
 *
 * @since 0.1.0
 */
public final class ReactiveScopes {

	private ReactiveScopes() {
	}

	/**
	 * Returns the flux with the scope in its context, and current while it is subscribed
	 * to.
	 * @param scope the scope
	 * @param flux a flux
	 * @param <T> its elements
	 * @return the flux inside the scope
	 */
	public static <T> Flux<T> within(CostScope scope, Flux<T> flux) {
		return Flux.from((Publisher<T>) (subscriber) -> scope.run(() -> flux.subscribe(subscriber)))
			.contextWrite((context) -> context.put(CostScope.PARAMETER, scope));
	}

	/**
	 * Returns the mono with the scope in its context, and current while it is subscribed
	 * to.
	 * @param scope the scope
	 * @param mono a mono
	 * @param <T> its element
	 * @return the mono inside the scope
	 */
	public static <T> Mono<T> within(CostScope scope, Mono<T> mono) {
		return Mono.fromDirect((Publisher<T>) (subscriber) -> scope.run(() -> mono.subscribe(subscriber)))
			.contextWrite((context) -> context.put(CostScope.PARAMETER, scope));
	}

	static @Nullable Object within(CostScope scope, @Nullable Object result) {
		if (result instanceof Flux<?> flux) {
			return within(scope, flux);
		}
		return (result instanceof Mono<?> mono) ? within(scope, mono) : result;
	}

}
