package io.github.costwise;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets a scope hold for a {@link Flux}, a {@link Mono} or another publisher that is
 * subscribed to after the scope has ended.
 *
 * @since 0.1.0
 */
public final class ReactiveScopes {

	private ReactiveScopes() {
	}

	/**
	 * Returns the flux with the scope in its context, and current while it is subscribed
	 * to. What the scope does not say is taken from the one that is current now.
	 * @param scope the scope
	 * @param flux a flux
	 * @param <T> its elements
	 * @return the flux inside the scope
	 */
	public static <T> Flux<T> within(CostScope scope, Flux<T> flux) {
		CostScope inner = scope.within(CostScope.current());
		return Flux.from((Publisher<T>) (subscriber) -> inner.run(() -> flux.subscribe(subscriber)))
			.contextWrite((context) -> context.put(CostScope.PARAMETER, inner));
	}

	/**
	 * Returns the mono with the scope in its context, and current while it is subscribed
	 * to. What the scope does not say is taken from the one that is current now.
	 * @param scope the scope
	 * @param mono a mono
	 * @param <T> its element
	 * @return the mono inside the scope
	 */
	public static <T> Mono<T> within(CostScope scope, Mono<T> mono) {
		CostScope inner = scope.within(CostScope.current());
		return Mono.fromDirect((Publisher<T>) (subscriber) -> inner.run(() -> mono.subscribe(subscriber)))
			.contextWrite((context) -> context.put(CostScope.PARAMETER, inner));
	}

}
