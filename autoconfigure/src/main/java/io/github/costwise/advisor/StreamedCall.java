package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;

import io.github.costwise.pipeline.CallFlow;
import io.github.costwise.pipeline.CallStep;

/**
 * Does the steps of one streamed call, each when the one before is done, and passes on or
 * holds back what the attempts bring. What may block runs on no thread of an event loop.
 * Belongs to one subscriber.
 */
final class StreamedCall implements CallStep.CallDriver {

	private final AtomicInteger due = new AtomicInteger();

	private final AtomicReference<@Nullable StreamedAttempt> current = new AtomicReference<>();

	private final List<StreamedAttempt> answers = new ArrayList<>(1);

	private final CallFlow flow;

	private final RequestSite site;

	private final StreamAdvisorChain chain;

	private final StreamAdvisor self;

	private final CallRequests requests;

	private final FluxSink<ChatClientResponse> sink;

	private volatile Disposable wait = Disposables.disposed();

	private volatile boolean elsewhere;

	private StreamedCall(StreamSource call, FluxSink<ChatClientResponse> sink) {
		this.flow = call.flow().get();
		this.site = call.site();
		this.chain = call.chain();
		this.self = call.self();
		this.requests = call.requests();
		this.sink = sink;
	}

	/** Each subscriber has a call of its own. */
	static Flux<ChatClientResponse> answer(StreamSource call) {
		return Flux.create((sink) -> new StreamedCall(call, sink).begin());
	}

	private void begin() {
		this.sink.onCancel(this::cancelled);
		this.sink.onRequest((demand) -> {
			StreamedAttempt asked = this.current.get();
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
	public void work(CallStep.RunWork step) {
		step.work().run();
		advance();
	}

	@Override
	public void await(CallStep.Pause step) {
		this.elsewhere = true;
		Mono<?> there = Mono.fromFuture(step.until(), true).publishOn(Schedulers.boundedElastic());
		this.wait = Mono.firstWithSignal(waits().after(step.atMost()).then(), there.then()).subscribe((none) -> {
		}, (error) -> {
			this.flow.cancelled();
			advance();
		}, this::advance);
	}

	@Override
	public void send(CallStep.Send step) {
		StreamedAttempt asked = new StreamedAttempt(step, this, this.flow, this.sink);
		this.current.set(asked);
		asked.watch();
		asked.send();
	}

	@Override
	public void give(CallStep.Give step) {
		this.answers.stream().filter((answer) -> answer.attempt() == step.attempt()).forEach(StreamedAttempt::flush);
		this.sink.complete();
	}

	@Override
	public void fail(CallStep.Raise step) {
		if (!this.sink.isCancelled()) {
			this.sink.error(step.error());
		}
	}

	/**
	 * Asks the model; on another thread than the subscriber's, what that one carries is
	 * restored.
	 */
	Flux<ChatClientResponse> ask(CallStep.Send step) {
		ChatClientRequest request = this.requests.forStream(this.site.request(step.plan()), this.site.turn(),
				step.attempt());
		Flux<ChatClientResponse> answer = TargetChains.stream(this.self, this.chain, request,
				this.site.model(step.plan()));
		return this.elsewhere ? answer.contextWrite(Function.identity()) : answer;
	}

	boolean isCurrent(StreamedAttempt asked) {
		return this.current.get() == asked;
	}

	/** Records that the model answered to the end, which is given if somebody waits. */
	void answered(StreamedAttempt asked) {
		boolean due = this.flow.answered(asked.attempt(), null);
		this.requests.ended(asked.attempt());
		if (due) {
			this.answers.add(asked);
			goOn();
		}
	}

	void failed(StreamedAttempt asked, Throwable error) {
		boolean due = this.flow.failed(asked.attempt(), error);
		forget(asked);
		if (due) {
			goOn();
		}
	}

	/** Takes the next step, on a thread that need not be the subscriber's. */
	void goOn() {
		this.elsewhere = true;
		advance();
	}

	/** No more comes of an attempt. */
	void over(StreamedAttempt asked) {
		this.current.compareAndSet(asked, null);
	}

	void forget(StreamedAttempt asked) {
		this.requests.forget(asked.attempt());
	}

	private void cancelled() {
		this.flow.cancelled();
		this.wait.dispose();
		StreamedAttempt asked = this.current.get();
		if (asked != null) {
			asked.end();
		}
	}

	Waits waits() {
		return new Waits(this.flow.timers());
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
	record StreamSource(Supplier<CallFlow> flow, RequestSite site, StreamAdvisorChain chain, StreamAdvisor self,
			CallRequests requests) {

	}

}
