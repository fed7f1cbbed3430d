package io.github.costwise.advisor;

import java.util.List;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;

import io.github.costwise.accounting.CallRecord.Purpose;
import io.github.costwise.advisor.RoutedCalls.Sender;
import io.github.costwise.answer.Answer;
import io.github.costwise.answer.AnswerMode;
import io.github.costwise.answer.AnswerReader;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.GateTurn;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.quality.Candidate;
import io.github.costwise.routing.RoutingDecision;

/**
 * Judges the answers of routed calls and asks a more capable model instead of giving one
 * that is not good enough, once a turn. When that fails, the answer that was paid for
 * stands. Thread-safe.
 *
 * @since 0.1.0
 */
public final class GatedCalls {

	private static final Log logger = LogFactory.getLog(GatedCalls.class);

	private final AnswerState states = new AnswerState();

	private final RoutedCalls routed;

	private final Gates gates;

	private final @Nullable TrialCalls trials;

	/**
	 * Creates an instance.
	 * @param routed sends calls to their targets
	 * @param gates judges the answers
	 * @param trials asks other models beside some turns, or {@code null} for none
	 */
	public GatedCalls(RoutedCalls routed, Gates gates, @Nullable TrialCalls trials) {
		this.routed = routed;
		this.gates = gates;
		this.trials = trials;
	}

	boolean concerns(CostTurn turn) {
		return this.routed.concerns(turn);
	}

	ChatClientResponse call(Sender sender, ChatClientRequest request, CallAdvisorChain chain) {
		RoutingDecision decision = this.routed.decide(sender.turn(), request, chain.getCallAdvisors(), false);
		if (decision == null) {
			ChatClientRequest own = this.routed.own(request);
			sender.turn().ownAsked();
			return sender.call(own, chain, null, sender.start(own, null, false, null));
		}
		ChatClientResponse response = this.routed.call(sender, request, chain, decision, null);
		GateTurn gate = this.gates.open(sender.turn(), decision);
		if (gate != null) {
			Asking<ChatClientResponse> asking = (way, purpose) -> this.routed.call(sender, request, chain, way,
					purpose);
			response = better(gate, request, response, asking);
		}
		if (this.trials != null) {
			this.trials.after(sender, request, chain, response, this.routed);
		}
		return this.routed.explained(response, sender.turn());
	}

	private ChatClientResponse better(GateTurn gate, ChatClientRequest request, ChatClientResponse response,
			Asking<ChatClientResponse> asking) {
		Candidate candidate = this.states.candidate(request, AnswerReader.of(response.chatResponse()));
		boolean rejected = gate.rejects(candidate);
		RoutingDecision way = rejected ? null : gate.second(candidate);
		ChatClientResponse second = (way != null) ? quietly(() -> asking.ask(way, Purpose.GATE)) : null;
		if (second != null) {
			rejected = gate.rejects(candidate.beside(AnswerState.text(second)));
		}
		ChatClientResponse stronger = rejected ? quietly(() -> asking.ask(gate.stronger(), Purpose.ESCALATION)) : null;
		if (stronger == null || !AnswerReader.of(stronger.chatResponse()).hasContent()) {
			gate.kept();
			return response;
		}
		gate.replaced();
		return stronger;
	}

	private static <T> @Nullable T quietly(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (RuntimeException ex) {
			logger.debug("Costwise: the answer stands, since no other model could be asked", ex);
			return null;
		}
	}

	Flux<ChatClientResponse> stream(Sender sender, ChatClientRequest request, StreamAdvisorChain chain) {
		Asking<Flux<ChatClientResponse>> asking = (way, purpose) -> this.routed.stream(sender, request, chain, way,
				purpose);
		return this.routed.decided(sender.turn(), request, chain.getStreamAdvisors(),
				(decision) -> decision.map((way) -> answer(sender.turn(), request, way, asking))
					.orElseGet(() -> own(sender, this.routed.own(request), chain)));
	}

	private static Flux<ChatClientResponse> own(Sender sender, ChatClientRequest request, StreamAdvisorChain chain) {
		sender.turn().ownAsked();
		return sender.stream(request, chain, null, sender.start(request, null, true, null));
	}

	private Flux<ChatClientResponse> answer(CostTurn turn, ChatClientRequest request, RoutingDecision decision,
			Asking<Flux<ChatClientResponse>> asking) {
		Flux<ChatClientResponse> answer = asking.ask(decision, null);
		return turn.policy().gate().buffersStreams()
				? answer.collectList().flatMapMany((chunks) -> judged(turn, request, decision, chunks, asking))
				: answer;
	}

	private Flux<ChatClientResponse> judged(CostTurn turn, ChatClientRequest request, RoutingDecision decision,
			List<ChatClientResponse> chunks, Asking<Flux<ChatClientResponse>> asking) {
		GateTurn gate = this.gates.open(turn, decision);
		Flux<ChatClientResponse> answer = Flux.fromIterable(chunks);
		Answer given = whole(chunks);
		if (gate == null || chunks.isEmpty()) {
			return answer;
		}
		Candidate candidate = this.states.candidate(request, given);
		Flux<ChatClientResponse> kept = answer.doOnSubscribe((subscription) -> gate.kept());
		if (gate.rejects(candidate)) {
			return stronger(gate, asking, kept);
		}
		RoutingDecision way = gate.second(candidate);
		if (way == null) {
			return kept;
		}
		return asking.ask(way, Purpose.GATE)
			.collectList()
			.onErrorReturn(List.of())
			.flatMapMany((second) -> (!second.isEmpty() && gate.rejects(candidate.beside(whole(second).text())))
					? stronger(gate, asking, kept) : kept);
	}

	private static Flux<ChatClientResponse> stronger(GateTurn gate, Asking<Flux<ChatClientResponse>> asking,
			Flux<ChatClientResponse> kept) {
		return asking.ask(gate.stronger(), Purpose.ESCALATION).collectList().flatMapMany((chunks) -> {
			if (!hasContent(chunks)) {
				return kept;
			}
			gate.replaced();
			return Flux.fromIterable(chunks);
		}).onErrorResume((error) -> kept);
	}

	private static boolean hasContent(List<ChatClientResponse> chunks) {
		return whole(chunks).hasContent();
	}

	private static Answer whole(List<ChatClientResponse> chunks) {
		AnswerReader reader = new AnswerReader(AnswerMode.STREAM);
		for (ChatClientResponse chunk : chunks) {
			if (chunk.chatResponse() != null) {
				reader.see(chunk.chatResponse());
			}
		}
		return reader.answer();
	}

	/** Asks a model. */
	@FunctionalInterface
	private interface Asking<T> {

		T ask(RoutingDecision way, @Nullable Purpose purpose);

	}

}
