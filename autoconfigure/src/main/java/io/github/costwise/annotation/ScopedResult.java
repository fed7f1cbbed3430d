package io.github.costwise.annotation;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

import io.github.costwise.CostScope;
import io.github.costwise.ReactiveScopes;

/** Keeps the results of methods inside their scope. */
final class ScopedResult {

	private ScopedResult() {
	}

	/**
	 * The result of a method inside its scope where it is subscribed to later, of
	 * whatever library it is; unchanged where it is not, or where it would not be of the
	 * type that the caller expects.
	 */
	static @Nullable Object within(CostScope scope, @Nullable Object result, Class<?> expected) {
		ReactiveAdapter adapter = (result != null)
				? ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result) : null;
		if (adapter == null || !adapter.getDescriptor().isDeferred()) {
			return result;
		}
		Publisher<?> publisher = adapter.toPublisher(result);
		Object inside = adapter
			.fromPublisher(adapter.isMultiValue() ? ReactiveScopes.within(scope, Flux.from(publisher))
					: ReactiveScopes.within(scope, Mono.from(publisher)));
		return expected.isInstance(inside) ? inside : result;
	}

}
