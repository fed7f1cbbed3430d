package io.github.costwise.advisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.CostScope;
import io.github.costwise.pipeline.Attempt;
import io.github.costwise.pipeline.CallFlow;
import io.github.costwise.pipeline.CallStep;

/**
 * Does the steps of one call on the thread that waits for its answer. An attempt that may
 * be abandoned is made on a thread of its own. Belongs to one caller.
 */
final class BlockingCall implements CallStep.CallDriver {

	private final List<SentAnswer> answers = new ArrayList<>(1);

	private final CallFlow flow;

	private final RequestSite site;

	private final CallAdvisorChain chain;

	private final CallAdvisor self;

	private final CallRequests requests;

	private @Nullable ChatClientResponse given;

	BlockingCall(CallFlow flow, RequestSite site, CallAdvisorChain chain, CallAdvisor self, CallRequests requests) {
		this.flow = flow;
		this.site = site;
		this.chain = chain;
		this.self = self;
		this.requests = requests;
	}

	ChatClientResponse answer() {
		while (true) {
			this.flow.next().accept(this);
			ChatClientResponse answer = this.given;
			if (answer != null) {
				return answer;
			}
		}
	}

	@Override
	public void work(CallStep.RunWork step) {
		step.work().run();
	}

	@Override
	public void await(CallStep.Pause step) {
		try {
			this.flow.timers().await(step.until(), step.atMost());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.flow.cancelled();
		}
	}

	@Override
	public void send(CallStep.Send step) {
		Duration patience = this.flow.patience();
		if (patience == null) {
			ask(step);
		}
		else {
			askElsewhere(step, patience);
		}
	}

	private void askElsewhere(CallStep.Send step, Duration patience) {
		Attempt attempt = step.attempt();
		try {
			await(this.site.others().workers().begin(() -> ask(step), attempt), patience, attempt);
		}
		catch (RuntimeException | Error ex) {
			if (!this.flow.failed(attempt, ex)) {
				throw ex;
			}
		}
	}

	private void await(CompletableFuture<Void> done, Duration patience, Attempt attempt) {
		try {
			if (!this.flow.timers().await(done, patience) && this.flow.overdue(attempt)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			if (this.flow.interrupted(attempt,
					new IllegalStateException("Interrupted while waiting for an answer", ex))) {
				return;
			}
		}
		done.join();
	}

	private void ask(CallStep.Send step) {
		Attempt attempt = step.attempt();
		try {
			ChatClientRequest request = this.requests.forCall(this.site.request(step.plan()), this.site.turn(),
					attempt);
			send(request, this.site.model(step.plan()), attempt);
		}
		catch (Throwable ex) {
			if (!this.flow.failed(attempt, ex) && ex instanceof Error error) {
				throw error;
			}
		}
	}

	private void send(ChatClientRequest request, @Nullable ChatModel model, Attempt attempt) {
		try (CostScope.Opened sending = attempt.sending()) {
			if (sending != null) {
				ChatClientResponse response = TargetChains.call(this.self, this.chain, request, model);
				if (this.flow.answered(attempt, response.chatResponse())) {
					this.answers.add(new SentAnswer(attempt, response));
				}
			}
		}
	}

	@Override
	public void give(CallStep.Give step) {
		for (SentAnswer answer : this.answers) {
			if (answer.attempt() == step.attempt()) {
				this.given = answer.response();
			}
		}
	}

	@Override
	public void fail(CallStep.Raise step) {
		throw BlockingCall.<RuntimeException>sneaky(step.error());
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> E sneaky(Throwable error) throws E {
		throw (E) error;
	}

	private record SentAnswer(Attempt attempt, ChatClientResponse response) {

	}

}
