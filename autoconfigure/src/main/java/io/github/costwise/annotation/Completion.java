package io.github.costwise.annotation;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

import io.github.costwise.background.Team;

/**
 * Acts when what a method has returned has come to its end without a failure, of whatever
 * library it is. Whoever waits for the end finds that the action is done.
 */
final class Completion {

	private Completion() {
	}

	/**
	 * Acts at once, or later where the result is only a promise.
	 * @param result what the method has returned
	 * @param expected the type that its caller expects
	 * @param team waits for promises that tell nobody
	 * @param action what to do, once for each completion; throws nothing
	 * @return what the caller is given
	 */
	static @Nullable Object after(@Nullable Object result, Class<?> expected, Team team, Runnable action) {
		if (result instanceof CompletionStage<?> stage) {
			return after(stage, expected, action);
		}
		ReactiveAdapter adapter = (result != null)
				? ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result) : null;
		Object later = (adapter != null) ? after(adapter, result, action) : null;
		if (later != null && expected.isInstance(later)) {
			return later;
		}
		if (later == null && result instanceof Future<?> future) {
			return after(future, expected, team, action);
		}
		action.run();
		return result;
	}

	private static Object after(ReactiveAdapter adapter, @Nullable Object result, Runnable action) {
		Publisher<?> publisher = adapter.toPublisher(result);
		return adapter.fromPublisher(adapter.isMultiValue() ? Flux.from(publisher).doOnComplete(action)
				: Mono.from(publisher).doOnSuccess((value) -> action.run()));
	}

	private static Object after(CompletionStage<?> stage, Class<?> expected, Runnable action) {
		CompletionStage<?> after = stage.whenComplete((value, error) -> {
			if (error == null) {
				action.run();
			}
		});
		if (stage instanceof Future<?> future && after instanceof CompletableFuture<?> given) {
			cancelWith(given, future);
		}
		return expected.isInstance(after) ? after : stage;
	}

	/** A plain future tells nobody when it is done, so that somebody has to wait. */
	private static Object after(Future<?> future, Class<?> expected, Team team, Runnable action) {
		CompletableFuture<@Nullable Object> after = new CompletableFuture<>();
		Runnable waiting = () -> await(future, after, action);
		if (future.isDone()) {
			waiting.run();
			return future;
		}
		cancelWith(after, future);
		team.start(waiting);
		return expected.isInstance(after) ? after : future;
	}

	private static void await(Future<?> future, CompletableFuture<@Nullable Object> after, Runnable action) {
		try {
			Object value = future.get();
			action.run();
			after.complete(value);
		}
		catch (ExecutionException ex) {
			after.completeExceptionally((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (CancellationException ex) {
			after.cancel(false);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			after.completeExceptionally(ex);
		}
		catch (Throwable ex) {
			after.completeExceptionally(ex);
		}
	}

	private static void cancelWith(CompletableFuture<?> given, Future<?> asked) {
		given.whenComplete((value, error) -> {
			if (given.isCancelled()) {
				asked.cancel(true);
			}
		});
	}

}
