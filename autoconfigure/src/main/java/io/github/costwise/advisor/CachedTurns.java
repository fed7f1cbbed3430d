package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.advisor.api.Advisor;

import io.github.costwise.answer.AnswerMode;
import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.CacheStep;
import io.github.costwise.cache.response.CacheTurn;
import io.github.costwise.pipeline.AskedClient;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.OwnWork;
import io.github.costwise.pipeline.RouteAsk;
import io.github.costwise.pipeline.TurnPipeline;
import io.github.costwise.routing.RoutingTable;

/**
 * Takes turns through the response cache: blocking callers wait on their thread, reactive
 * ones on none. Thread-safe.
 */
final class CachedTurns {

	private static final List<ChatClientAttributes> OUTPUT = List.of(ChatClientAttributes.OUTPUT_FORMAT,
			ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA, ChatClientAttributes.STRUCTURED_OUTPUT_NATIVE);

	private static final Log logger = LogFactory.getLog(CachedTurns.class);

	private final AdvisorPaths paths = new AdvisorPaths();

	private final TurnPipeline pipeline;

	private final Waits waits;

	private final Advisor self;

	private final TargetModels models;

	private final RouteAsks asks;

	CachedTurns(TurnPipeline pipeline, Advisor self, TargetModels models) {
		this.pipeline = pipeline;
		this.waits = new Waits(pipeline.time().timers());
		this.self = self;
		this.models = models;
		this.asks = new RouteAsks(models::all, models.identities());
	}

	@Nullable CacheTurn open(CostTurn turn, ChatClientRequest request, AnswerMode mode, List<? extends Advisor> advisors) {
		return this.pipeline.cache(turn, request.prompt(), output(request, advisors),
				new Asked(turn, request, mode, advisors));
	}

	/**
	 * What Spring AI keeps beside the prompt and appends below the advisors. Answers that
	 * went through a validator are not mixed with others.
	 */
	private static Map<String, String> output(ChatClientRequest request, List<? extends Advisor> advisors) {
		Map<String, String> output = new TreeMap<>();
		for (ChatClientAttributes attribute : OUTPUT) {
			Object value = request.context().get(attribute.getKey());
			if (value != null) {
				output.put(attribute.getKey(), value.toString());
			}
		}
		if (!ValidatedAnswers.validators(advisors).isEmpty()) {
			output.put("validated", "json");
		}
		return output;
	}

	@Nullable CacheHit find(CostTurn turn, CacheTurn way) {
		CacheStep step = OwnWork.of(turn, way::next);
		while (step instanceof CacheStep.Await await) {
			block(await, way);
			step = OwnWork.of(turn, way::next);
		}
		if (step instanceof CacheStep.Fail failed) {
			throw thrown(failed.error());
		}
		return (step instanceof CacheStep.Serve served) ? served.hit() : null;
	}

	private static RuntimeException thrown(Throwable error) {
		if (error instanceof Error severe) {
			throw severe;
		}
		return Exceptions.propagate(error);
	}

	private void block(CacheStep.Await await, CacheTurn way) {
		try {
			if (!this.pipeline.time().timers().await(await.until(), await.atMost())) {
				logger.trace("Waited in vain for another request");
			}
		}
		catch (InterruptedException ex) {
			way.stopWaiting();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Looking up may encode and ask a store, which no thread of an event loop may wait
	 * for.
	 */
	Mono<CacheHit> findReactive(CostTurn turn, CacheTurn way) {
		Mono<CacheStep> next = Mono.fromSupplier(() -> OwnWork.of(turn, way::next));
		Mono<CacheStep> step = Schedulers.isInNonBlockingThread() ? next.subscribeOn(Schedulers.boundedElastic())
				: next;
		return step.flatMap((taken) -> follow(taken, turn, way));
	}

	private Mono<CacheHit> follow(CacheStep step, CostTurn turn, CacheTurn way) {
		if (step instanceof CacheStep.Await await) {
			return wait(await).then(Mono.defer(() -> findReactive(turn, way)));
		}
		if (step instanceof CacheStep.Fail failed) {
			return Mono.error(failed.error());
		}
		return (step instanceof CacheStep.Serve served) ? Mono.just(served.hit()) : Mono.empty();
	}

	private Mono<Void> wait(CacheStep.Await await) {
		return Mono.fromFuture(await.until().thenApply((done) -> Boolean.TRUE), true)
			.publishOn(Schedulers.boundedElastic())
			.timeout(this.waits.after(await.atMost()), Mono.empty())
			.onErrorComplete()
			.then();
	}

	/** A client by its chain. */
	private final class Asked implements AskedClient {

		private final CostTurn turn;

		private final ChatClientRequest request;

		private final AnswerMode mode;

		private final List<? extends Advisor> advisors;

		private Asked(CostTurn turn, ChatClientRequest request, AnswerMode mode, List<? extends Advisor> advisors) {
			this.turn = turn;
			this.request = request;
			this.mode = mode;
			this.advisors = advisors;
		}

		@Override
		public AnswerMode mode() {
			return this.mode;
		}

		@Override
		public AdvisorPath path() {
			return CachedTurns.this.paths.of(CachedTurns.this.self, this.advisors,
					this.turn.policy().cache().admission());
		}

		@Override
		public @Nullable String model() {
			return CachedTurns.this.models.identities().of(this.advisors);
		}

		@Override
		public RouteAsk.Wish wish(RoutingTable table) {
			return CachedTurns.this.asks.wish(this.request, this.advisors, table);
		}

	}

}
