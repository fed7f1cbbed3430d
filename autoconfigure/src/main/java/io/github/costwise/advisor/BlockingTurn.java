package io.github.costwise.advisor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;

import io.github.costwise.CostScope;
import io.github.costwise.answer.AnswerRecorder;
import io.github.costwise.answer.Recording;
import io.github.costwise.pipeline.TurnFlow;
import io.github.costwise.pipeline.TurnStep;

/**
 * Does the steps of one turn on the thread that waits for its answer. Belongs to one
 * caller.
 */
final class BlockingTurn implements TurnStep.TurnDriver {

	private static final Log logger = LogFactory.getLog(BlockingTurn.class);

	private final TurnFlow flow;

	private final ChatClientRequest request;

	private final CallAdvisorChain chain;

	private final CallAdvisor self;

	private final TurnSide side;

	private @Nullable ChatClientResponse given;

	BlockingTurn(TurnFlow flow, ChatClientRequest request, CallAdvisorChain chain, CallAdvisor self, TurnSide side) {
		this.flow = flow;
		this.request = request;
		this.chain = chain;
		this.self = self;
		this.side = side;
	}

	ChatClientResponse answer() {
		ChatClientResponse answer = steps();
		return this.side.told(answer, this.flow);
	}

	private ChatClientResponse steps() {
		try (CostScope.Opened inner = this.flow.turn().innerScope().open()) {
			while (true) {
				this.flow.next().accept(this);
				ChatClientResponse answer = this.given;
				if (answer != null) {
					return answer;
				}
			}
		}
		catch (RuntimeException | Error ex) {
			this.flow.failed(ex);
			throw ex;
		}
		finally {
			this.flow.close();
		}
	}

	@Override
	public void work(TurnStep.Work step) {
		step.work().run();
	}

	@Override
	public void await(TurnStep.Await step) {
		try {
			if (!this.side.time().timers().await(step.until(), step.atMost())) {
				logger.trace("Waited in vain for another request");
			}
		}
		catch (InterruptedException ex) {
			this.flow.stopWaiting();
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void ask(TurnStep.Ask step) {
		ValidationRepeats.watch(this.flow.turn(), this.chain.getCallAdvisors());
		ChatClientResponse response = this.chain.nextCall(this.side.prepare(this.request, this.flow));
		if (!step.recorded()) {
			this.flow.answered(Recording.NONE);
		}
		else if (ValidatedAnswers.accepted(this.request, response, this.chain.getCallAdvisors())) {
			this.flow.answered(AnswerRecorder.of(response.chatResponse()));
		}
		else {
			this.flow.invalid();
		}
		this.given = response;
	}

	@Override
	public void serve(TurnStep.Serve step) {
		if (step.hit().stale()) {
			CallAdvisorChain rest = this.chain.copy(this.self);
			this.side.refreshes().run(() -> refresh(rest));
		}
		this.flow.served();
		this.given = Replays.whole(this.request, step.hit());
	}

	private void refresh(CallAdvisorChain rest) {
		TurnFlow again = this.side.pipeline().refresh(this.flow.turn());
		if (again != null) {
			new BlockingTurn(again, this.request, rest, this.self, this.side).answer();
		}
	}

	@Override
	public void fail(TurnStep.Fail step) {
		if (step.error() instanceof Error error) {
			throw error;
		}
		throw Exceptions.propagate(step.error());
	}

}
