package io.github.costwise.advisor;

import org.springframework.ai.chat.client.ChatClientRequest;

import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.TurnFlow;
import io.github.costwise.pipeline.TurnPipeline;
import io.github.costwise.time.Time;

/**
 * What the drivers of turns share. Thread-safe.
 *
 * @param pipeline begins turns anew
 * @param refreshes makes calls beside the turns
 * @param stableOrder whether tools are put into a stable order
 */
record TurnSide(TurnPipeline pipeline, Refreshes refreshes, boolean stableOrder) {

	ChatClientRequest prepare(ChatClientRequest request, TurnFlow flow) {
		CostTurn turn = flow.turn();
		return TurnRequests.prepare(request, turn, this.stableOrder);
	}

	Time time() {
		return this.pipeline.time();
	}

}
