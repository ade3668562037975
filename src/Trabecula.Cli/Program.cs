System.Console.WriteLine("trabecula");
