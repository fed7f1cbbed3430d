package io.github.costwise.benchmarks.eval.cache;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Background;
import io.github.costwise.cache.learning.AnswerComparison;
import io.github.costwise.cache.learning.BudgetedJudge;
import io.github.costwise.cache.learning.JudgeBudget;
import io.github.costwise.cache.memory.InMemoryLabelLog;
import io.github.costwise.cache.partition.Partitions;
import io.github.costwise.cache.response.CacheSettings;
import io.github.costwise.cache.response.CacheTasks;
import io.github.costwise.cache.response.LearningGroups;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.cache.response.SemanticTier;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.CachePartitionResolver;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.spi.TextEncoder;

/**
 * Builds response caches over a store, as the auto-configuration does, and waits for what
 * they do in the background. Thread-safe.
 */
final class CacheParts implements AutoCloseable {

	private static final int WORKERS = 2;

	private static final int ROUNDS = 4;

	private static final long PATIENCE_SECONDS = 300;

	private final Faults faults = new Faults();

	private final Background background = new Background(this.faults);

	private final CacheTasks tasks = new CacheTasks(this.background, this.background.time());

	private final BudgetedJudge judge = new BudgetedJudge(new AnswerComparison(null), null, JudgeBudget.defaults(),
			Clock.systemUTC(), this.background);

	private final LearningGroups groups;

	private final ResponseCacheStore store;

	CacheParts(ResponseCacheStore store) {
		this.store = store;
		this.groups = new LearningGroups(new InMemoryLabelLog(), this.tasks, null, store);
	}

	/**
	 * Builds a cache.
	 * @param version version of the application, or {@code null}
	 * @param encoder encodes the questions, or {@code null} for the exact tier alone
	 * @param resolvers add to what must be equal
	 * @return the cache
	 */
	ResponseCache cache(@Nullable String version, @Nullable TextEncoder encoder,
			List<CachePartitionResolver> resolvers) {
		SemanticTier.Tools tools = new SemanticTier.Tools(this.tasks, this.faults);
		SemanticTier semantic = (encoder != null)
				? new SemanticTier(this.store, encoder, this.groups, this.judge, tools) : null;
		return new ResponseCache(this.store, semantic, new Partitions(version, resolvers, this.faults),
				CacheSettings.defaults(), tools);
	}

	/** Waits until everything that was begun, and what followed from it, is done. */
	void settle() {
		for (int i = 0; i < ROUNDS; i++) {
			meetWorkers();
			meetJudge();
		}
		for (Faults.Kind kind : Faults.Kind.values()) {
			if (this.faults.count(kind) > 0) {
				throw new IllegalStateException("Something went wrong in the background: " + kind);
			}
		}
	}

	/** All workers are here at once only when they have done what came before. */
	private void meetWorkers() {
		CyclicBarrier barrier = new CyclicBarrier(WORKERS + 1);
		for (int i = 0; i < WORKERS; i++) {
			if (!this.tasks.run(() -> meet(barrier))) {
				throw new IllegalStateException("The cache's tasks are full");
			}
		}
		meet(barrier);
	}

	private static void meet(CyclicBarrier barrier) {
		try {
			barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
		catch (BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException("The cache's tasks do not end", ex);
		}
	}

	private void meetJudge() {
		try {
			this.judge.judge("", "", "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("The judge does not end", ex);
		}
	}

	@Override
	public void close() {
		this.tasks.close();
		this.judge.close();
	}

}
