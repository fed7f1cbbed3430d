package io.github.costwise.advisor;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;

import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.TurnFlow;
import io.github.costwise.pipeline.TurnPipeline;
import io.github.costwise.time.Time;

/**
 * What the drivers of turns share. Thread-safe.
 *
 * @param pipeline begins the turns that refresh an answer
 * @param refreshes makes calls in the background
 * @param acts whether anything is changed: tools are put into a stable order, and
 * responses tell what they cost
 */
record TurnSide(TurnPipeline pipeline, Refreshes refreshes, boolean acts) {

	ChatClientRequest prepare(ChatClientRequest request, TurnFlow flow) {
		return TurnRequests.prepare(request, flow.turn(), this.acts);
	}

	/** A fault in what it tells loses no answer. */
	ChatClientResponse told(ChatClientResponse response, TurnFlow flow) {
		try {
			return this.acts ? TurnMetadata.write(response, flow.turn()) : response;
		}
		catch (RuntimeException ex) {
			this.pipeline.faults().report(Faults.Kind.LISTENER, ex);
			return response;
		}
	}

	Time time() {
		return this.pipeline.time();
	}

}
