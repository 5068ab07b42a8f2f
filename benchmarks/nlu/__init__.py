"""How needs are told apart: the weights of the experts, and our model beside others."""
