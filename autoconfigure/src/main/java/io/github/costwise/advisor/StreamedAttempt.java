package io.github.costwise.advisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.util.context.Context;

import org.springframework.ai.chat.client.ChatClientResponse;

import io.github.costwise.CostScope;
import io.github.costwise.pipeline.Attempt;
import io.github.costwise.pipeline.CallFlow;
import io.github.costwise.pipeline.CallStep;

/**
 * The stream of one attempt of a streamed call, and what of it waits to be passed on. Its
 * alarm rings on another thread.
 */
final class StreamedAttempt extends BaseSubscriber<ChatClientResponse> {

	private final List<ChatClientResponse> held = new ArrayList<>(2);

	private final CallStep.Send step;

	private final StreamedCall call;

	private final CallFlow flow;

	private final FluxSink<ChatClientResponse> sink;

	private volatile Disposable alarm = Disposables.disposed();

	StreamedAttempt(CallStep.Send step, StreamedCall call, CallFlow flow, FluxSink<ChatClientResponse> sink) {
		this.step = step;
		this.call = call;
		this.flow = flow;
		this.sink = sink;
	}

	Attempt attempt() {
		return this.step.attempt();
	}

	@Override
	public Context currentContext() {
		return Context.of(this.sink.contextView());
	}

	void send() {
		try {
			Flux<ChatClientResponse> answer = this.call.ask(this.step);
			try (CostScope.Opened sending = attempt().sending()) {
				if (sending != null) {
					answer.subscribe(this);
					return;
				}
			}
			end();
		}
		catch (Throwable ex) {
			hookOnError(ex);
		}
	}

	/** Each thought restarts the time-out of an attempt. */
	void watch() {
		Duration patience = this.flow.patience();
		if (patience != null) {
			this.alarm = this.call.waits().after(patience).subscribe((tick) -> late());
		}
	}

	private void late() {
		if (this.flow.overdue(attempt())) {
			end();
			this.call.goOn();
		}
		else if (this.call.isCurrent(this)) {
			watch();
		}
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		long demand = this.sink.requestedFromDownstream();
		if (demand > 0) {
			request(demand);
		}
	}

	@Override
	protected void hookOnNext(ChatClientResponse response) {
		switch (this.flow.chunk(attempt(), response.chatResponse())) {
			case PASS -> this.sink.next(response);
			case HOLD -> {
				this.held.add(response);
				request(1);
			}
			case PASS_HELD -> {
				flush();
				this.sink.next(response);
			}
			case STOP -> stopAfter(response);
		}
	}

	/** Whoever aggregates the stream sees a whole answer. */
	private void stopAfter(ChatClientResponse response) {
		this.held.add(response);
		this.held.add(response.mutate().chatResponse(this.flow.ending()).build());
		hookOnComplete();
		cancel();
	}

	void flush() {
		this.held.forEach(this.sink::next);
		this.held.clear();
	}

	@Override
	protected void hookOnComplete() {
		over();
		this.call.answered(this);
	}

	@Override
	protected void hookOnError(Throwable error) {
		over();
		this.call.failed(this, error);
	}

	private void over() {
		this.call.over(this);
		this.alarm.dispose();
	}

	/** Ends it for good: nobody waits for it. */
	void end() {
		over();
		this.call.forget(this);
		attempt().cancelled();
		cancel();
	}

}
