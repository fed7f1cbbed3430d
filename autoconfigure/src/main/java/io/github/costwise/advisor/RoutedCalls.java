package io.github.costwise.advisor;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.accounting.CallRecord.Purpose;
import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.pipeline.CallAttempts;
import io.github.costwise.pipeline.CallMeter;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.Fallbacks;
import io.github.costwise.pipeline.TurnRoute;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.routing.RouteTarget;
import io.github.costwise.routing.RoutingDecision;

/**
 * Sends calls to the targets that were chosen for them, and to others when they fail. A
 * stream is tried elsewhere only while nothing of its content has been passed on.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class RoutedCalls {

	private final TurnRouter router;

	private final Fallbacks fallbacks;

	private final TargetRequests targets;

	private final TargetModels models;

	private final RouteAsks asks;

	private final DeadlineWorkers workers;

	/**
	 * Creates an instance.
	 * @param router chooses the targets
	 * @param fallbacks says what takes over from them
	 * @param targets makes requests that they understand
	 * @param models finds their chat models, and those behind clients
	 * @param workers make calls that have a deadline
	 */
	public RoutedCalls(TurnRouter router, Fallbacks fallbacks, TargetRequests targets, TargetModels models,
			DeadlineWorkers workers) {
		this.router = router;
		this.fallbacks = fallbacks;
		this.targets = targets;
		this.models = models;
		this.asks = new RouteAsks(models::all, models.identities());
		this.workers = workers;
	}

	boolean concerns(CostTurn turn) {
		return this.router.concerns(turn);
	}

	@Nullable RoutingDecision decide(CostTurn turn, ChatClientRequest request, List<? extends Advisor> advisors,
			boolean streamed) {
		return this.router.route(turn, this.asks.of(request, advisors, streamed, this.router.table()));
	}

	/** For the client's own model, in a conversation that others may have answered. */
	ChatClientRequest own(ChatClientRequest request) {
		return this.targets.forOwn(request);
	}

	ChatClientResponse call(Sender sender, ChatClientRequest request, CallAdvisorChain chain, RoutingDecision decision,
			@Nullable Purpose purpose) {
		CallAttempts attempts = this.fallbacks.begin(sender.turn(), decision);
		ChatClientResponse useless = null;
		while (true) {
			Tried tried = tried(sender, request, chain, attempts, purpose);
			Duration delay = tried.delay();
			if (delay == null || !slept(delay, attempts)) {
				return given(tried, useless, attempts);
			}
			useless = (tried.response() != null) ? tried.response() : useless;
		}
	}

	private Tried tried(Sender sender, ChatClientRequest request, CallAdvisorChain chain, CallAttempts attempts,
			@Nullable Purpose purpose) {
		Answered answered;
		try {
			answered = attempt(sender, request, chain, attempts, purpose);
		}
		catch (RuntimeException ex) {
			return new Tried(null, ex, null, attempts.failed(ex));
		}
		catch (Throwable ex) {
			attempts.cancelled();
			throw ex;
		}
		return new Tried(answered.response(), null, answered.verdict(), attempts.answered(answered.verdict()));
	}

	/** An answer that holds nothing is given when nobody else could be asked. */
	private static ChatClientResponse given(Tried tried, @Nullable ChatClientResponse useless, CallAttempts attempts) {
		RuntimeException error = tried.error();
		if (tried.response() != null && tried.verdict() != null) {
			error = attempts.unanswered(tried.verdict());
			if (error == null) {
				return tried.response();
			}
			throw error;
		}
		if (error == null || (useless != null && attempts.wasUnsent(error))) {
			return Objects.requireNonNull(useless);
		}
		throw failure(attempts, error);
	}

	private static RuntimeException failure(CallAttempts attempts, RuntimeException last) {
		return (attempts.failure(last) instanceof RuntimeException failure) ? failure : last;
	}

	private static boolean slept(Duration delay, CallAttempts attempts) {
		try {
			attempts.time().timers().sleep(delay);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			attempts.cancelled();
			return false;
		}
	}

	ChatClientResponse explained(ChatClientResponse response, CostTurn turn) {
		TurnRoute route = turn.route();
		return (route != null && route.acting()) ? RouteMetadata.explained(response, turn.id(), route) : response;
	}

	private Answered attempt(Sender sender, ChatClientRequest request, CallAdvisorChain chain, CallAttempts attempts,
			@Nullable Purpose purpose) {
		attempts.requireTime();
		RouteTarget target = attempts.current();
		ChatModel model = this.models.get(target.bean());
		ChatClientRequest asked = request(request, sender.turn(), model, target);
		CallMeter meter = sender.start(asked, model, false, attempts.isFirst() ? purpose : Purpose.FALLBACK);
		Duration left = attempts.timeLeft();
		ChatClientResponse response = (left == null) ? sender.call(asked, chain, model, meter)
				: this.workers.call(() -> sender.call(asked, chain, model, meter), meter, attempts, left);
		return new Answered(response, meter.verdict());
	}

	private ChatClientRequest request(ChatClientRequest request, CostTurn turn, ChatModel model, RouteTarget target) {
		ChatClientRequest asked = this.targets.forTarget(request, model, target.model());
		TurnRoute route = turn.route();
		if (route == null) {
			return asked;
		}
		Map<String, Object> context = new HashMap<>(asked.context());
		context.put(RouteMetadata.ROUTE, route);
		return new ChatClientRequest(asked.prompt(), context);
	}

	/** Deciding may encode a text, which no thread of an event loop should wait for. */
	Flux<ChatClientResponse> decided(CostTurn turn, ChatClientRequest request, List<? extends Advisor> advisors,
			Function<Optional<RoutingDecision>, Flux<ChatClientResponse>> then) {
		return RoutedStream
			.offEventLoops(Flux.defer(() -> then.apply(Optional.ofNullable(decide(turn, request, advisors, true)))));
	}

	Flux<ChatClientResponse> stream(Sender sender, ChatClientRequest request, StreamAdvisorChain chain,
			RoutingDecision decision, @Nullable Purpose purpose) {
		return Flux.defer(() -> {
			CallAttempts attempts = this.fallbacks.begin(sender.turn(), decision);
			return new RoutedStream(attempts,
					(begun) -> send(new Attempt(sender, purpose), request, chain, attempts, begun))
				.answer();
		});
	}

	private Flux<ChatClientResponse> send(Attempt attempt, ChatClientRequest request, StreamAdvisorChain chain,
			CallAttempts attempts, Consumer<CallMeter> begun) {
		Sender sender = attempt.sender();
		attempts.requireTime();
		RouteTarget target = attempts.current();
		ChatModel model = this.models.get(target.bean());
		ChatClientRequest asked = request(request, sender.turn(), model, target);
		CallMeter meter = sender.start(asked, model, true, attempts.isFirst() ? attempt.purpose() : Purpose.FALLBACK);
		begun.accept(meter);
		return sender.stream(asked, chain, model, meter);
	}

	/**
	 * What became of an attempt, and how long to wait before the next, if there is one.
	 */
	private record Tried(@Nullable ChatClientResponse response, @Nullable RuntimeException error,
			@Nullable AnswerVerdict verdict, @Nullable Duration delay) {

	}

	private record Answered(ChatClientResponse response, AnswerVerdict verdict) {

	}

	private record Attempt(Sender sender, @Nullable Purpose purpose) {

	}

	/** Sends a call of a turn and meters it. */
	interface Sender {

		CostTurn turn();

		Sender of(CostTurn other);

		CallMeter start(ChatClientRequest request, @Nullable ChatModel model, boolean streamed,
				@Nullable Purpose purpose);

		ChatClientResponse call(ChatClientRequest request, CallAdvisorChain chain, @Nullable ChatModel model,
				CallMeter meter);

		Flux<ChatClientResponse> stream(ChatClientRequest request, StreamAdvisorChain chain, @Nullable ChatModel model,
				CallMeter meter);

	}

}
