package io.github.costwise.architecture.seeded.pricing;

import io.github.costwise.architecture.seeded.pipeline.Pipe;

public class DearPrice {

	double amount;

	Object pipe = new Pipe();

}
