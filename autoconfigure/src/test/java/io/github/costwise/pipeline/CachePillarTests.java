package io.github.costwise.pipeline;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.TurnRecord.TurnOutcome;
import io.github.costwise.routing.RoutingTable;
import io.github.costwise.spi.CachePartitionResolver;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CachePillar} with a response cache in memory.
 */
@Tag("chain")
class CachePillarTests {

	private static final TurnAsk ASK = new TurnAsk(new Prompt("How far is the moon?"), Map.of(), new AskedClient() {

		@Override
		public AnswerMode mode() {
			return AnswerMode.CALL;
		}

		@Override
		public AdvisorPath path() {
			return AdvisorPath.CLEAR;
		}

		@Override
		public @Nullable String model() {
			return "model";
		}

		@Override
		public RoutingInput.RequestedModel wish(RoutingTable table) {
			return RoutingInput.RequestedModel.NONE;
		}

	});

	/** Runs while the cache begins with a question. */
	private Runnable meanwhile = () -> {
	};

	private final CachePartitionResolver resolver = (prompt, attribution) -> {
		this.meanwhile.run();
		return Map.of();
	};

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean(CachePartitionResolver.class, () -> this.resolver)
		.withPropertyValues("costwise.policies.default.cache.mode=enforce");

	@Test
	void equalQuestionWaitsForTheFirst() {
		this.runner.run((context) -> {
			CachePillar pillar = context.getBean(CachePillar.class);
			TurnPipeline turns = turns(context.getBean(CostPolicies.class), context.getBean(CostAccountant.class),
					pillar, context.getBean(Time.class));
			assertThat(pillar.before(turns.open(null), ASK)).isNull();
			assertThat(pillar.before(turns.open(null), ASK)).isInstanceOf(TurnStep.Await.class);
		});
	}

	@Test
	void nobodyWaitsForATurnWhoseCallerWentAwayWhileTheCacheBegan() {
		this.runner.run((context) -> {
			CachePillar pillar = context.getBean(CachePillar.class);
			TurnPipeline turns = turns(context.getBean(CostPolicies.class), context.getBean(CostAccountant.class),
					pillar, context.getBean(Time.class));
			CostTurn gone = turns.open(null);
			this.meanwhile = () -> turns.close(gone, TurnOutcome.CANCELLED);
			assertThat(pillar.before(gone, ASK)).isNull();
			this.meanwhile = () -> {
			};
			assertThat(pillar.before(turns.open(null), ASK)).isNull();
		});
	}

	private static TurnPipeline turns(CostPolicies policies, CostAccountant accountant, CachePillar pillar, Time time) {
		return new TurnPipeline(policies, accountant, List.of(pillar), time);
	}

}
