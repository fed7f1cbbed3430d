package io.github.costwise.advisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.util.context.Context;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;

import io.github.costwise.pipeline.Attempt;
import io.github.costwise.pipeline.CallFlow;
import io.github.costwise.pipeline.CallStep;
import io.github.costwise.pipeline.CostScope;

/**
 * Does the steps of one streamed call, each when the one before is done, and passes on or
 * holds back what the attempts bring. What may block runs on no thread of an event loop.
 * Belongs to one subscriber.
 */
final class StreamedCall implements CallStep.Driver {

	private final AtomicInteger due = new AtomicInteger();

	private final AtomicReference<@Nullable Upstream> current = new AtomicReference<>();

	private final List<Upstream> answers = new ArrayList<>(1);

	private final CallFlow flow;

	private final RequestSite site;

	private final StreamAdvisorChain chain;

	private final StreamAdvisor self;

	private final CallRequests requests;

	private final FluxSink<ChatClientResponse> sink;

	private volatile Disposable wait = Disposables.disposed();

	private volatile boolean elsewhere;

	private StreamedCall(Call call, FluxSink<ChatClientResponse> sink) {
		this.flow = call.flow().get();
		this.site = call.site();
		this.chain = call.chain();
		this.self = call.self();
		this.requests = call.requests();
		this.sink = sink;
	}

	/** Asks anew for each subscriber. */
	static Flux<ChatClientResponse> answer(Call call) {
		return Flux.create((sink) -> new StreamedCall(call, sink).begin());
	}

	private void begin() {
		this.sink.onCancel(this::cancelled);
		this.sink.onRequest((demand) -> {
			Upstream asked = this.current.get();
			if (asked != null) {
				asked.request(demand);
			}
		});
		advance();
	}

	/** Steps follow each other in a loop, on whichever thread the last one was done. */
	private void advance() {
		if (this.due.getAndIncrement() != 0) {
			return;
		}
		do {
			step();
		}
		while (this.due.decrementAndGet() != 0);
	}

	/** What has no next step, since no thread or timer takes it, has an end. */
	private void step() {
		try {
			if (this.flow.mayBlock() && EventLoops.isOne()) {
				this.elsewhere = true;
				EventLoops.leave(this::advance);
			}
			else {
				this.flow.next().accept(this);
			}
		}
		catch (Throwable ex) {
			cancelled();
			this.sink.error(ex);
		}
	}

	@Override
	public void work(CallStep.Work step) {
		step.work().run();
		advance();
	}

	@Override
	public void await(CallStep.Await step) {
		this.elsewhere = true;
		this.wait = waits().after(step.delay()).subscribe((tick) -> advance(), (error) -> {
			this.flow.cancelled();
			advance();
		});
	}

	@Override
	public void send(CallStep.Send step) {
		Upstream asked = new Upstream(step);
		this.current.set(asked);
		asked.watch();
		asked.send();
	}

	@Override
	public void give(CallStep.Give step) {
		this.answers.stream().filter((answer) -> answer.attempt == step.attempt()).forEach(Upstream::flush);
		this.sink.complete();
	}

	@Override
	public void fail(CallStep.Fail step) {
		if (!this.sink.isCancelled()) {
			this.sink.error(step.error());
		}
	}

	private void cancelled() {
		this.flow.cancelled();
		this.wait.dispose();
		Upstream asked = this.current.get();
		if (asked != null) {
			asked.end();
		}
	}

	private Waits waits() {
		return new Waits(this.site.others().timers());
	}

	/**
	 * What a streamed call is made of.
	 *
	 * @param flow begins its flow
	 * @param site the request
	 * @param chain the chain
	 * @param self the advisor after which the chain goes on
	 * @param requests prepares requests
	 */
	record Call(Supplier<CallFlow> flow, RequestSite site, StreamAdvisorChain chain, StreamAdvisor self,
			CallRequests requests) {

	}

	/** The stream of one attempt. */
	private final class Upstream extends BaseSubscriber<ChatClientResponse> {

		private final List<ChatClientResponse> held = new ArrayList<>(2);

		private final CallStep.Send step;

		private final Attempt attempt;

		private volatile Disposable alarm = Disposables.disposed();

		Upstream(CallStep.Send step) {
			this.step = step;
			this.attempt = step.attempt();
		}

		@Override
		public Context currentContext() {
			return Context.of(StreamedCall.this.sink.contextView());
		}

		/** On another thread than the subscriber's, what that one carries is restored. */
		void send() {
			try {
				ChatClientRequest request = StreamedCall.this.requests.forStream(
						StreamedCall.this.site.request(this.step.plan()), StreamedCall.this.site.turn(), this.attempt);
				Flux<ChatClientResponse> answer = TargetChains.stream(StreamedCall.this.self, StreamedCall.this.chain,
						request, StreamedCall.this.site.model(this.step.plan()));
				try (CostScope.Opened sending = this.attempt.sending()) {
					if (sending != null) {
						(StreamedCall.this.elsewhere ? answer.contextWrite(Function.identity()) : answer)
							.subscribe(this);
						return;
					}
				}
				end();
			}
			catch (Throwable ex) {
				hookOnError(ex);
			}
		}

		/** Each thought gives an attempt its time anew. */
		void watch() {
			Duration patience = StreamedCall.this.flow.patience();
			if (patience != null) {
				this.alarm = waits().after(patience).subscribe((tick) -> late());
			}
		}

		private void late() {
			if (StreamedCall.this.flow.overdue(this.attempt)) {
				StreamedCall.this.elsewhere = true;
				end();
				StreamedCall.this.advance();
			}
			else if (StreamedCall.this.current.get() == this) {
				watch();
			}
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			long demand = StreamedCall.this.sink.requestedFromDownstream();
			if (demand > 0) {
				request(demand);
			}
		}

		@Override
		protected void hookOnNext(ChatClientResponse response) {
			switch (StreamedCall.this.flow.chunk(this.attempt, response.chatResponse())) {
				case PASS -> StreamedCall.this.sink.next(response);
				case HOLD -> {
					this.held.add(response);
					request(1);
				}
				case PASS_HELD -> {
					flush();
					StreamedCall.this.sink.next(response);
				}
			}
		}

		void flush() {
			this.held.forEach(StreamedCall.this.sink::next);
			this.held.clear();
		}

		@Override
		protected void hookOnComplete() {
			over();
			StreamedCall.this.elsewhere = true;
			boolean due = StreamedCall.this.flow.answered(this.attempt, null);
			StreamedCall.this.requests.ended(this.attempt);
			if (due) {
				StreamedCall.this.answers.add(this);
				StreamedCall.this.advance();
			}
		}

		@Override
		protected void hookOnError(Throwable error) {
			over();
			StreamedCall.this.elsewhere = true;
			boolean due = StreamedCall.this.flow.failed(this.attempt, error);
			StreamedCall.this.requests.forget(this.attempt);
			if (due) {
				StreamedCall.this.advance();
			}
		}

		private void over() {
			StreamedCall.this.current.compareAndSet(this, null);
			this.alarm.dispose();
		}

		/** Ends it for good: nobody waits for it. */
		void end() {
			over();
			StreamedCall.this.requests.forget(this.attempt);
			this.attempt.cancelled();
			cancel();
		}

	}

}
