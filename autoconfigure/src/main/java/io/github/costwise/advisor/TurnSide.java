package io.github.costwise.advisor;

import org.springframework.ai.chat.client.ChatClientRequest;

import io.github.costwise.pipeline.TurnFlow;
import io.github.costwise.pipeline.TurnPipeline;
import io.github.costwise.time.Time;

/**
 * What the drivers of turns share. Thread-safe.
 *
 * @param pipeline begins the turns that refresh an answer
 * @param refreshes makes calls beside the turns
 * @param stableOrder whether tools are put into a stable order
 */
record TurnSide(TurnPipeline pipeline, Refreshes refreshes, boolean stableOrder) {

	ChatClientRequest prepare(ChatClientRequest request, TurnFlow flow) {
		return TurnRequests.prepare(request, flow.turn(), this.stableOrder);
	}

	Time time() {
		return this.pipeline.time();
	}

}
