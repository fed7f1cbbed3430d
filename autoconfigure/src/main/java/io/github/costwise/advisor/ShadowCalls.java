package io.github.costwise.advisor;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.ai.chat.client.ChatClientResponse;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.TurnRecord.TurnOutcome;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.OwnWork;
import io.github.costwise.pipeline.ShadowLabels;
import io.github.costwise.pipeline.TurnPipeline;
import io.github.costwise.pipeline.TurnRoute;
import io.github.costwise.pipeline.TurnRouter;

/**
 * Asks the other model in the background of some turns, as turns of their own, so that
 * what it costs is seen. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ShadowCalls implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ShadowCalls.class);

	private static final int THREADS = 2;

	private final ThreadPoolExecutor threads;

	private final ShadowLabels labels;

	private final TurnPipeline turns;

	private final Faults faults;

	/**
	 * Creates an instance.
	 * @param labels says which turns are drawn, and compares the answers
	 * @param turns opens and closes the turns of trials
	 * @param background runs the calls, and reports other failures
	 */
	public ShadowCalls(ShadowLabels labels, TurnPipeline turns, Background background) {
		this.labels = labels;
		this.turns = turns;
		this.faults = background.faults();
		this.threads = background.team("trial", Faults.Kind.ROUTING).pool(THREADS, 0);
	}

	void after(RequestSite site, ChatClientResponse response, Asking asking) {
		RouteTarget other = this.labels.other(site.turn());
		TurnRoute route = TurnRoute.of(site.turn());
		if (other == null || route == null || AnswerState.text(response).isEmpty()) {
			return;
		}
		try {
			this.threads.execute(() -> this.faults.guard(Faults.Kind.ROUTING, () -> {
				String answer = ask(site, decision(route, other), asking);
				if (!answer.isEmpty()) {
					OwnWork.run(site.turn(), () -> this.labels.compare(TurnRouter.text(site.request().prompt()),
							AnswerState.text(response), answer));
				}
			}));
		}
		catch (RejectedExecutionException ex) {
			logger.trace("Costwise: enough shadow calls are in flight", ex);
		}
	}

	private static RoutingDecision decision(TurnRoute route, RouteTarget other) {
		return new RoutingDecision(other, route.decision().tier(), route.decision().reason(), List.of(), List.of(),
				List.of());
	}

	private String ask(RequestSite site, RoutingDecision decision, Asking asking) {
		CostTurn turn = this.turns.open(site.turn().innerScope());
		TurnOutcome outcome = TurnOutcome.FAILED;
		try {
			String answer = AnswerState.text(asking.ask(site.of(turn), decision));
			outcome = TurnOutcome.ANSWERED;
			return answer;
		}
		catch (RuntimeException ex) {
			logger.debug("Costwise: another model could not be tried", ex);
			return "";
		}
		finally {
			this.turns.close(turn, outcome);
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	/** Asks a model. */
	@FunctionalInterface
	interface Asking {

		ChatClientResponse ask(RequestSite site, RoutingDecision decision);

	}

}
