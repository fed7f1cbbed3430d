package io.github.costwise.architecture.seeded;

import io.github.costwise.architecture.seeded.pricing.DearPrice;

class Root {

	Object price = new DearPrice();

}
