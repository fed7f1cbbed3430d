package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What a turn does next.
 *
 * @since 0.1.0
 */
public sealed interface CacheStep {

	/**
	 * It is answered.
	 *
	 * @param hit the answer
	 * @since 0.1.0
	 */
	record ServeHit(CacheHit hit) implements CacheStep {

	}

	/**
	 * It asks the model, and tells the {@link CacheTurn} how that ended.
	 *
	 * @since 0.1.0
	 */
	record AskModel() implements CacheStep {

		static final AskModel INSTANCE = new AskModel();

	}

	/**
	 * It fails as the turns did that asked for it.
	 *
	 * @param error why the latest of them failed
	 * @since 0.1.0
	 */
	record FailAlike(Throwable error) implements CacheStep {

	}

	/**
	 * It waits, without holding anything that others need, and takes the next step then.
	 *
	 * @param until completes, never exceptionally, when there is something to do
	 * @param atMost how long it waits for that; then it takes the next step too
	 * @since 0.1.0
	 */
	record AwaitLeader(CompletableFuture<?> until, Duration atMost) implements CacheStep {

	}

}
